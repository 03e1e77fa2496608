package dev.stowage.core.upload;

import dev.stowage.core.error.Conflict;
import dev.stowage.core.error.ErrorCode;
import dev.stowage.core.error.InvalidInput;
import dev.stowage.core.error.NotFound;
import dev.stowage.core.error.NotSupported;
import dev.stowage.core.error.PreconditionFailed;
import dev.stowage.core.error.StorageException;
import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.multipart.Completion;
import dev.stowage.core.multipart.MultipartEtag;
import dev.stowage.core.multipart.PartInfo;
import dev.stowage.core.multipart.PartNumber;
import dev.stowage.core.multipart.PartTag;
import dev.stowage.core.multipart.UploadId;
import dev.stowage.core.multipart.UploadSession;
import dev.stowage.core.multipart.UploadState;
import dev.stowage.core.object.Etag;
import dev.stowage.core.object.ObjectInfo;
import dev.stowage.core.port.MultipartStore;
import dev.stowage.core.port.ObjectStore;
import dev.stowage.core.port.Page;
import dev.stowage.core.port.records.UploadSessions;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

/** Finishes a completion that has been recorded. */
final class CompletionRecovery {

    /** The maximum clock difference to the store; S3 rejects requests with a larger one. */
    private static final Duration MAX_CLOCK_SKEW = Duration.ofMinutes(15);

    /** How long to wait for another thread or process that is completing the upload; that process may have ended. */
    private static final Duration MAX_WAIT = Duration.ofSeconds(20);

    private final MultipartStore uploads;
    private final ObjectStore objects;
    private final UploadSessions sessions;
    private final CompletionWait wait;
    private final InstantSource clock;

    CompletionRecovery(MultipartStore uploads, ObjectStore objects, UploadSessions sessions, InstantSource clock) {
        this.uploads = uploads;
        this.objects = objects;
        this.sessions = sessions;
        this.wait = new CompletionWait(sessions, MAX_WAIT);
        this.clock = clock;
    }

    /**
     * Like {@link #on}, for callers that need the object: when the store rejects the completion because another thread or process has one
     * running, such as the recovery after a restart, this waits up to 20 s for it.
     *
     * @param session that is completing
     * @throws Conflict when the other has not completed the upload by then
     */
    ObjectInfo withOthers(UploadSession session) {
        try {
            return on(session);
        } catch (Conflict atWork) {
            UploadSession now = await(session);
            if (session.isSinglePut() && now.state() != UploadState.COMPLETED) {
                throw reopen(now);
            }
            if (now.state() == UploadState.COMPLETED) {
                return result(now);
            }
            throw atWork;
        }
    }

    /** Returns the session once it is no longer completing, or as it is after 20 s. */
    UploadSession await(UploadSession completing) {
        return wait.await(completing);
    }

    /**
     * Completes the upload in the store, or finds out that this was already done. Idempotent, and safe to run concurrently. While the store
     * is unavailable, the session does not change.
     *
     * @param session that is completing
     * @throws InvalidInput when the store rejects the parts; the upload is then open again
     * @throws PreconditionFailed when the recorded conditions do not hold; the upload is then open again
     * @throws NotSupported when the store can't evaluate the conditions; the upload is then open again
     * @throws NotFound when neither the upload nor the object exists; the upload has then ended
     * @throws Conflict when another process is completing it
     */
    ObjectInfo on(UploadSession session) {
        if (session.isSinglePut()) {
            throw reopen(session);
        }
        Completion chosen = session.completion().orElseThrow();
        Etag etag;
        try {
            etag = complete(session, chosen).etag();
        } catch (InvalidInput | PreconditionFailed | NotSupported e) {
            boolean unused = sessions.change(session, session.to(UploadState.OPEN, clock.instant()));
            throw e;
        } catch (NotFound e) {
            Optional<Etag> made = made(session, chosen);
            if (made.isEmpty()) {
                return lost(session);
            }
            etag = made.get();
        }
        UploadSession completed = session.completed(etag, clock.instant());
        // If another call has recorded it first, the result is the same.
        boolean unused = sessions.change(session, completed);
        return result(completed);
    }

    /**
     * Opens a single put again, because only its process has the bytes that are not on record. If the object was created before a crash,
     * nobody was told so; the client sends those bytes again.
     */
    private StorageException reopen(UploadSession putting) {
        if (putting.state() == UploadState.OPEN || sessions.resumable().reopen(putting, clock.instant())) {
            return new InvalidInput(ErrorCode.INVALID_REQUEST, "The file was not stored; resume the upload");
        }
        return new Conflict("The upload " + putting.id() + " is being completed by another request");
    }

    private ObjectInfo complete(UploadSession session, Completion chosen) {
        ObjectKey key = session.key();
        UploadId id = session.id();
        try {
            return chosen.conditions()
                    .apply(
                            key,
                            () -> objects.stat(key),
                            condition -> uploads.complete(key, id, chosen.parts(), condition));
        } catch (PreconditionFailed e) {
            // If an earlier attempt has created the object, the upload no longer exists. The conditions may fail now
            // because of that
            // object.
            Page<PartInfo, PartNumber> unused = uploads.listParts(key, id, 1, Optional.empty());
            throw e;
        }
    }

    /** Returns the object of a completed session. */
    static ObjectInfo result(UploadSession session) {
        Completion made = session.completion().orElseThrow();
        return new ObjectInfo(
                session.key(), made.size(), made.etag().orElseThrow(), session.lastActivity(), session.attributes());
    }

    /** Returns the object's ETag if it is the one that these parts produce. */
    private Optional<Etag> made(UploadSession session, Completion chosen) {
        return objects.stat(session.key())
                .filter(info -> info.size() == chosen.size())
                .filter(info -> hasTagOf(chosen, info)
                        || (MultipartEtag.canHaveParts(
                                        info.etag(), chosen.parts().size())
                                && isWrittenSinceStart(session, info)))
                .map(ObjectInfo::etag);
    }

    private static boolean hasTagOf(Completion chosen, ObjectInfo info) {
        return MultipartEtag.of(chosen.parts().stream().map(PartTag::etag).toList())
                .equals(Optional.of(info.etag()));
    }

    /**
     * Whether an object was written since the upload was created. For ETags that can't be computed from the parts', as under SSE-KMS. S3
     * sets the modification time of the object to the creation time of the upload.
     */
    private static boolean isWrittenSinceStart(UploadSession session, ObjectInfo info) {
        return !info.lastModified().isBefore(session.upload().initiated().minus(MAX_CLOCK_SKEW));
    }

    private ObjectInfo lost(UploadSession session) {
        if (sessions.change(session, session.to(UploadState.ABORTED, clock.instant()))) {
            throw NotFound.upload(session.key().value(), session.id().value());
        }
        return sessions.find(session.key(), session.id())
                .filter(now -> now.state() == UploadState.COMPLETED)
                .map(CompletionRecovery::result)
                .orElseThrow(() ->
                        NotFound.upload(session.key().value(), session.id().value()));
    }
}
