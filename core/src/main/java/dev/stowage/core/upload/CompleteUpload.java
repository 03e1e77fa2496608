package dev.stowage.core.upload;

import dev.stowage.core.access.AccessPolicy;
import dev.stowage.core.access.AuditedAction;
import dev.stowage.core.access.Principal;
import dev.stowage.core.error.Conflict;
import dev.stowage.core.error.NotFound;
import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.multipart.ChosenParts;
import dev.stowage.core.multipart.Completion;
import dev.stowage.core.multipart.PartInfo;
import dev.stowage.core.multipart.PartTag;
import dev.stowage.core.multipart.UploadId;
import dev.stowage.core.multipart.UploadSession;
import dev.stowage.core.multipart.UploadState;
import dev.stowage.core.object.ObjectInfo;
import dev.stowage.core.object.Preconditions;
import dev.stowage.core.port.MultipartStore;
import dev.stowage.core.port.ObjectStore;
import dev.stowage.core.port.records.UploadSessions;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** Creates the file from an upload's parts. */
final class CompleteUpload {

    private static final Duration MAX_WAIT = Duration.ofSeconds(60);

    /** The maximum number of attempts on an upload whose state others keep changing. */
    private static final int MAX_ATTEMPTS = 5;

    private final MultipartStore uploads;
    private final UploadSessions sessions;
    private final SessionLookup lookup;
    private final StoredParts storedParts;
    private final CompletionRecovery recovery;
    private final AccessPolicy access;
    private final InstantSource clock;
    private final UploadLocks locks = new UploadLocks();

    CompleteUpload(
            MultipartStore uploads,
            ObjectStore objects,
            UploadSessions sessions,
            AccessPolicy access,
            InstantSource clock) {
        this.uploads = uploads;
        this.sessions = sessions;
        this.lookup = new SessionLookup(sessions, access.permissions());
        this.storedParts = new StoredParts(uploads, sessions);
        this.recovery = new CompletionRecovery(uploads, objects, sessions, clock);
        this.access = access;
        this.clock = clock;
    }

    /** See {@link Uploads#complete}. */
    ObjectInfo complete(
            Principal principal,
            ObjectKey key,
            UploadId upload,
            Optional<List<PartTag>> parts,
            Preconditions conditions) {
        AuditedAction action = AuditedAction.of("upload.complete", key).with("upload", upload);
        return access.audited(principal, action, () -> completeUnaudited(principal, key, upload, parts, conditions));
    }

    private ObjectInfo completeUnaudited(
            Principal principal,
            ObjectKey key,
            UploadId upload,
            Optional<List<PartTag>> parts,
            Preconditions conditions) {
        parts.ifPresent(ChosenParts::checkOrder);
        lookup.inParts(principal, key, upload);
        if (!locks.acquire(upload, MAX_WAIT)) {
            throw new Conflict("The upload " + upload + " is being completed by another request");
        }
        try {
            return completeAlone(principal, lookup.get(principal, key, upload), parts, conditions);
        } finally {
            locks.release(upload);
        }
    }

    private ObjectInfo completeAlone(
            Principal principal, UploadSession found, Optional<List<PartTag>> parts, Preconditions conditions) {
        UploadSession session = found;
        for (int look = 0; look < MAX_ATTEMPTS; look++) {
            if (session.state() != UploadState.OPEN) {
                return joinOrReturn(session, parts, conditions);
            }
            Optional<UploadSession> begun = begin(session, parts, conditions);
            if (begun.isPresent()) {
                return recovery.on(begun.get());
            }
            // Another process has changed the state first.
            session = recovery.await(lookup.get(principal, session.key(), session.id()));
        }
        throw SessionLookup.beingCompleted(session);
    }

    private ObjectInfo joinOrReturn(UploadSession session, Optional<List<PartTag>> parts, Preconditions conditions) {
        return switch (session.state()) {
            case COMPLETING -> recovery.withOthers(sameConditions(same(session, parts), conditions));
            case COMPLETED -> CompletionRecovery.result(same(session, parts));
            case OPEN, ABORTING, ABORTED, EXPIRING, EXPIRED -> throw SessionLookup.ended(session);
        };
    }

    /** @return empty when the upload is no longer in the state of {@code session} */
    private Optional<UploadSession> begin(
            UploadSession session, Optional<List<PartTag>> parts, Preconditions conditions) {
        List<PartInfo> stored;
        try {
            stored = parts.isEmpty() ? storedParts.reconcileNewest(session) : storedParts.reconcile(session);
        } catch (NotFound e) {
            if (isUnchanged(session)) {
                throw e;
            }
            return Optional.empty();
        }
        List<PartTag> tags = parts.orElseGet(() -> stored.stream()
                .map(part -> new PartTag(part.number(), part.etag()))
                .toList());
        ChosenParts chosen = ChosenParts.of(tags, stored, uploads.limits().minSize());
        UploadSession completing = session.completing(chosen.tags(), chosen.size(), conditions, clock.instant());
        return sessions.change(session, completing) ? Optional.of(completing) : Optional.empty();
    }

    private boolean isUnchanged(UploadSession session) {
        return sessions.find(session.key(), session.id())
                .filter(now -> now.version() == session.version())
                .isPresent();
    }

    private static UploadSession same(UploadSession session, Optional<List<PartTag>> parts) {
        List<PartTag> chosen = session.completion().map(Completion::parts).orElseThrow();
        if (parts.isPresent() && !parts.get().equals(chosen)) {
            throw new Conflict("The upload " + session.id() + " is "
                    + session.state().label() + " with other parts; fetch its status");
        }
        return session;
    }

    /** The object may exist already, so its conditions can no longer change. */
    private static UploadSession sameConditions(UploadSession session, Preconditions conditions) {
        if (!session.completion().map(Completion::conditions).equals(Optional.of(conditions))) {
            throw new Conflict("The upload " + session.id()
                    + " is being completed under other conditions; fetch its status, and try again");
        }
        return session;
    }
}
