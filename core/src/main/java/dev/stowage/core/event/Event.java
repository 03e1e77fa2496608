package dev.stowage.core.event;

import dev.stowage.core.access.Origin;
import dev.stowage.core.job.BatchJob;
import dev.stowage.core.key.HiddenKeys;
import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.multipart.Completion;
import dev.stowage.core.multipart.Resumption;
import dev.stowage.core.multipart.UploadSession;
import dev.stowage.core.multipart.UploadState;
import dev.stowage.core.object.ContentType;
import dev.stowage.core.object.Etag;
import dev.stowage.core.object.ObjectInfo;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Something that has happened to a file, an upload or a job.
 *
 * @param time when it happened, to the millisecond
 * @param key of the file; empty for a job and a webhook
 * @param size of the file in bytes; empty for a deletion, a job, a webhook, and an upload that expired
 * @param etag of the file that was stored
 * @param contentType of the file that was stored
 * @param detail further fields: {@code upload_id}; or {@code job_id}, {@code operation} and {@code state}; or {@code reason} of a
 *     deletion, or {@code expires_at} of a file that was stored; or {@code webhook_id} and {@code state}; unmodifiable. Neither names nor values contain line breaks
 * @param origin who made the change; for uploads and jobs, their owner
 */
public record Event(
        EventType type,
        Instant time,
        Optional<ObjectKey> key,
        OptionalLong size,
        Optional<Etag> etag,
        Optional<ContentType> contentType,
        Map<String, String> detail,
        Origin origin) {

    private static final String EXPIRES_AT = "expires_at";

    public Event {
        detail = Map.copyOf(detail);
    }

    /**
     * Returns the further fields of the event of a file.
     *
     * @param reason why the service deleted it by itself; empty when a client changed it
     * @param expiresAt when it expires by itself
     */
    public static Map<String, String> fileDetail(Optional<String> reason, Optional<Instant> expiresAt) {
        Map<String, String> detail = new HashMap<>();
        reason.ifPresent(why -> detail.put("reason", why));
        expiresAt.ifPresent(time -> detail.put(EXPIRES_AT, time.toString()));
        return detail;
    }

    /** Returns when the file that was stored expires by itself; empty when only rules may let it expire. */
    public Optional<Instant> expiresAt() {
        return Optional.ofNullable(detail.get(EXPIRES_AT)).map(Instant::parse);
    }

    /** Returns the event of a file that was stored. */
    public static Event stored(EventType type, ObjectInfo info, Instant now, Origin origin) {
        return new Event(
                type,
                now,
                Optional.of(info.key()),
                OptionalLong.of(info.size()),
                Optional.of(info.etag()),
                Optional.of(info.attributes().contentType()),
                fileDetail(Optional.empty(), info.expiresAt()),
                origin);
    }

    /** Returns the event of a file that was deleted. */
    public static Event deleted(ObjectKey key, Instant now, Origin origin) {
        return new Event(
                EventType.FILE_DELETED,
                now,
                Optional.of(key),
                OptionalLong.empty(),
                Optional.empty(),
                Optional.empty(),
                fileDetail(origin.reason(), Optional.empty()),
                origin);
    }

    /** Whether changes of the object are events; those of the service's internal objects are not. */
    public static boolean concerns(ObjectKey key) {
        return !HiddenKeys.contains(key.value());
    }

    /**
     * Returns the event of an upload that has just reached its state. Empty if the state is not an end that clients are told of, and for
     * uploads that are not a client's, or only a part of another one.
     *
     * @param requestId the id of the request by which it did; empty for background work
     */
    public static Optional<Event> of(UploadSession session, Optional<String> requestId) {
        boolean completed = session.state() == UploadState.COMPLETED;
        boolean partial = session.resumption().map(Resumption::partial).orElse(false);
        if (!session.isClients() || partial || !(completed || session.state() == UploadState.EXPIRED)) {
            return Optional.empty();
        }
        Optional<Completion> completion = session.completion().filter(unused -> completed);
        return Optional.of(new Event(
                completed ? EventType.UPLOAD_COMPLETED : EventType.UPLOAD_EXPIRED,
                session.lastActivity(),
                Optional.of(session.key()),
                completion.map(made -> OptionalLong.of(made.size())).orElse(OptionalLong.empty()),
                completion.flatMap(Completion::etag),
                Optional.of(session.attributes().contentType()),
                Map.of("upload_id", clientsId(session)),
                new Origin(session.origin().owner(), requestId)));
    }

    private static String clientsId(UploadSession session) {
        return session.resumption()
                .map(how -> how.id().value())
                .orElseGet(() -> session.id().value());
    }

    /** Returns the event of a job that has just finished. */
    public static Event of(BatchJob job) {
        return new Event(
                EventType.JOB_FINISHED,
                job.finishedAt().orElse(job.createdAt()),
                Optional.empty(),
                OptionalLong.empty(),
                Optional.empty(),
                Optional.empty(),
                Map.of(
                        "job_id",
                        job.id().value(),
                        "operation",
                        job.spec().operation(),
                        "state",
                        job.state().id()),
                new Origin(job.owner(), Optional.empty()));
    }

    /** Returns the event with which a webhook is tried out. */
    public static Event test(Webhook webhook, Instant now) {
        return of(EventType.WEBHOOK_TEST, webhook, now, Map.of("webhook_id", webhook.id()));
    }

    /** Returns the event of a webhook that the service disables. */
    public static Event disabled(Webhook webhook, Webhook.Reason reason, Instant now) {
        return of(EventType.WEBHOOK_DISABLED, webhook, now, Map.of("webhook_id", webhook.id(), "state", reason.id()));
    }

    private static Event of(EventType type, Webhook webhook, Instant now, Map<String, String> detail) {
        return new Event(
                type,
                now,
                Optional.empty(),
                OptionalLong.empty(),
                Optional.empty(),
                Optional.empty(),
                detail,
                new Origin(webhook.owner(), Optional.empty()));
    }
}
