package dev.stowage.core.upload;

import dev.stowage.core.access.AccessPolicy;
import dev.stowage.core.access.AuditedAction;
import dev.stowage.core.error.FailureBudget;
import dev.stowage.core.error.NotFound;
import dev.stowage.core.error.StorageException;
import dev.stowage.core.multipart.PartInfo;
import dev.stowage.core.multipart.UploadSession;
import dev.stowage.core.multipart.UploadState;
import dev.stowage.core.port.Maintenance.Freed;
import dev.stowage.core.port.MultipartStore;
import dev.stowage.core.port.records.UploadSessions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** Expires idle uploads and deletes their parts. */
final class ExpireUploads {

    private static final int PAGE = 100;

    private final UploadSessions sessions;
    private final StoredParts storedParts;
    private final StoreAbort storeAbort;
    private final AccessPolicy access;
    private final InstantSource clock;
    private final Duration ttl;

    /** @param ttl how long an upload is kept after its last part */
    ExpireUploads(
            MultipartStore store, UploadSessions sessions, AccessPolicy access, InstantSource clock, Duration ttl) {
        this.sessions = sessions;
        this.storedParts = new StoredParts(store, sessions);
        this.storeAbort = new StoreAbort(store, sessions, clock);
        this.access = access;
        this.clock = clock;
        this.ttl = ttl;
    }

    /** See {@link UploadMaintenance#expire}. */
    Freed expire() {
        Instant limit = clock.instant().minus(ttl);
        FailureBudget failures = new FailureBudget();
        long uploads = 0;
        long bytes = 0;
        List<UploadSession> page = sessions.idle(limit, PAGE, Optional.empty());
        while (!page.isEmpty()) {
            for (UploadSession session : page) {
                try {
                    Optional<Long> freed = expire(session, limit);
                    uploads += freed.isPresent() ? 1 : 0;
                    bytes += freed.orElse(0L);
                } catch (StorageException e) {
                    failures.note(e);
                }
            }
            page = sessions.idle(limit, PAGE, Optional.of(page.get(page.size() - 1)));
        }
        failures.rethrow();
        return new Freed(uploads, bytes);
    }

    /** Returns the total size of the upload's parts, or empty when it is not idle. */
    private Optional<Long> expire(UploadSession session, Instant limit) {
        List<PartInfo> parts = parts(session);
        boolean idle = parts.stream().noneMatch(part -> part.lastModified().isAfter(limit));
        AuditedAction action = AuditedAction.of("upload.expire", session.key()).with("upload", session.id());
        return idle && access.runAsService(action, () -> expire(session))
                ? Optional.of(parts.stream().mapToLong(PartInfo::size).sum())
                : Optional.empty();
    }

    private List<PartInfo> parts(UploadSession session) {
        try {
            return storedParts.reconcile(session);
        } catch (NotFound goneFromTheStore) {
            return List.of();
        }
    }

    private boolean expire(UploadSession session) {
        Optional<UploadSession> now = sessions.find(session.key(), session.id());
        if (now.isEmpty() || now.get().lastActivity().isAfter(session.lastActivity())) {
            return false;
        }
        UploadSession expiring = session.to(UploadState.EXPIRING, clock.instant());
        if (!sessions.change(session, expiring)) {
            return false;
        }
        storeAbort.end(expiring);
        return true;
    }
}
