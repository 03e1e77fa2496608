package dev.stowage.core.multipart;

import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.object.Etag;
import dev.stowage.core.object.ObjectAttributes;
import dev.stowage.core.object.Preconditions;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What is known of an upload, at one moment.
 *
 * @param origin where it comes from
 * @param attributes of the object that it will make
 * @param lastActivity when it was begun, took its last part, or last changed its state
 * @param completion what it is made into; there from {@code COMPLETING} on
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

    /** An upload that the store has just begun. */
    public static UploadSession begun(UploadInfo upload, UploadOrigin origin, ObjectAttributes attributes) {
        return new UploadSession(upload, origin, attributes, upload.initiated(), UploadState.OPEN, Optional.empty(), 1);
    }

    public ObjectKey key() {
        return upload.key();
    }

    public UploadId id() {
        return upload.id();
    }

    /** Whether a client goes on with it, and not a process by itself. */
    public boolean isClients() {
        return origin.process().isEmpty();
    }

    /** How it goes on at a byte; empty when the client sends parts. */
    public Optional<Resumption> resumption() {
        return origin.resumption();
    }

    /** The same after a part came. */
    public UploadSession active(Instant at) {
        return at.isAfter(lastActivity)
                ? new UploadSession(upload, origin, attributes, at, state, completion, version)
                : this;
    }

    /** The next step, with the completion as it is. */
    public UploadSession to(UploadState next, Instant now) {
        return next(next, now, next == UploadState.OPEN ? Optional.empty() : completion);
    }

    /** The parts are chosen, and the object is made of them whatever it replaces. */
    public UploadSession completing(List<PartTag> parts, long size, Instant now) {
        return completing(parts, size, Preconditions.NONE, now);
    }

    /** The parts are chosen, and the object is made of them under some conditions. */
    public UploadSession completing(List<PartTag> parts, long size, Preconditions conditions, Instant now) {
        return next(
                UploadState.COMPLETING, now, Optional.of(new Completion(parts, size, conditions, Optional.empty())));
    }

    /** The object is made. */
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
        return new UploadSession(upload, origin, attributes, now, next, made, version + 1);
    }
}
