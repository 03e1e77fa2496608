package dev.stowage.core.multipart;

import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.object.Etag;
import dev.stowage.core.object.ObjectAttributes;
import dev.stowage.core.object.Preconditions;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The recorded state of an upload at one moment.
 *
 * @param origin of the upload
 * @param attributes of the object that it creates
 * @param lastActivity the latest of its creation, its last part and its last change of state
 * @param completion the object that it is completed to; present from {@code COMPLETING} on
 * @param version grows by one with each change of state
 */
public record UploadSession(
        UploadInfo upload,
        UploadOrigin origin,
        ObjectAttributes attributes,
        Instant lastActivity,
        UploadState state,
        Optional<Completion> completion,
        long version) {

    /** Returns the session of an upload that the store has just created. */
    public static UploadSession begun(UploadInfo upload, UploadOrigin origin, ObjectAttributes attributes) {
        return new UploadSession(upload, origin, attributes, upload.initiated(), UploadState.OPEN, Optional.empty(), 1);
    }

    public ObjectKey key() {
        return upload.key();
    }

    public UploadId id() {
        return upload.id();
    }

    /** Whether a client sends it, and not a process on its own. */
    public boolean isClients() {
        return origin.process().isEmpty();
    }

    /** Returns how it is resumed, or empty when the client sends parts. */
    public Optional<Resumption> resumption() {
        return origin.resumption();
    }

    /**
     * Whether the store gets the file by one put when all bytes are here, so that it has no multipart upload. The id of such an upload is
     * that of its resumption.
     */
    public boolean isSinglePut() {
        return resumption()
                .filter(how -> !how.isConcatenated() && how.id().value().equals(id().value()))
                .isPresent();
    }

    /** Returns the session after a part was stored. */
    public UploadSession active(Instant at) {
        return at.isAfter(lastActivity)
                ? new UploadSession(upload, origin, attributes, at, state, completion, version)
                : this;
    }

    /** Returns the session in its next state, with an unchanged completion. */
    public UploadSession to(UploadState next, Instant now) {
        return next(next, now, next == UploadState.OPEN ? Optional.empty() : completion);
    }

    /** Returns the session with its parts chosen, to create the object unconditionally. */
    public UploadSession completing(List<PartTag> parts, long size, Instant now) {
        return completing(parts, size, Preconditions.NONE, now);
    }

    /** Returns the session with its parts chosen, to create the object under conditions. */
    public UploadSession completing(List<PartTag> parts, long size, Preconditions conditions, Instant now) {
        return next(
                UploadState.COMPLETING, now, Optional.of(new Completion(parts, size, conditions, Optional.empty())));
    }

    /** Returns the session while {@code process} puts the whole file. */
    public UploadSession putting(ProcessId process, long size, Instant now) {
        UploadSession chosen = completing(List.of(), size, now);
        return new UploadSession(
                upload,
                origin.of(Optional.of(process)),
                attributes,
                now,
                chosen.state(),
                chosen.completion(),
                chosen.version());
    }

    /** Returns the session after the object was created. */
    public UploadSession completed(Etag etag, Instant now) {
        return next(
                UploadState.COMPLETED,
                now,
                completion.map(chosen ->
                        new Completion(chosen.parts(), chosen.size(), chosen.conditions(), Optional.of(etag))));
    }

    private UploadSession next(UploadState next, Instant now, Optional<Completion> made) {
        if (!state.successors().contains(next)) {
            throw new IllegalStateException("an upload that is " + state + " does not become " + next);
        }
        UploadOrigin from = isSinglePut() ? origin.of(Optional.empty()) : origin;
        return new UploadSession(upload, from, attributes, now, next, made, version + 1);
    }
}
