package dev.stowage.core.upload;

import dev.stowage.core.access.AccessPolicy;
import dev.stowage.core.key.KeyLayout;
import dev.stowage.core.port.Leases;
import dev.stowage.core.port.Maintenance.Freed;
import dev.stowage.core.port.Storage;
import dev.stowage.core.port.UploadSessions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * What is done in the background about uploads that no client finishes. Each method is safe alongside everything else, and may be repeated;
 * what fails half way is finished by the next call.
 */
public final class UploadMaintenance {

    private static final int PRUNE_BATCH = 500;

    private final UploadSessions sessions;
    private final Retention retention;
    private final InstantSource clock;
    private final ResumeUploads resumeUploads;
    private final AbortAbandonedUploads abortAbandonedUploads;
    private final ExpireUploads expireUploads;
    private final ExpirePartialUploads expirePartialUploads;
    private final AbortOrphanUploads abortOrphanUploads;

    /**
     * How long things are kept.
     *
     * @param idle an upload after its last part, and a partial upload after its last byte
     * @param orphans an upload that only the store knows of, after it was begun
     * @param ended the record of an upload that has ended
     */
    public record Retention(Duration idle, Duration orphans, Duration ended) {}

    /** @param leases of this process, which tell which processes are alive */
    public UploadMaintenance(
            Storage storage,
            UploadSessions sessions,
            Leases leases,
            KeyLayout layout,
            AccessPolicy access,
            Retention retention,
            InstantSource clock) {
        this.sessions = sessions;
        this.clock = clock;
        this.retention = retention;
        this.resumeUploads = new ResumeUploads(storage, sessions, access, clock);
        this.abortAbandonedUploads = new AbortAbandonedUploads(storage.uploads(), sessions, leases, clock);
        this.expireUploads = new ExpireUploads(storage.uploads(), sessions, access, clock, retention.idle());
        this.expirePartialUploads =
                new ExpirePartialUploads(storage.objects(), sessions, access, clock, retention.idle());
        this.abortOrphanUploads =
                new AbortOrphanUploads(storage.uploads(), sessions, layout, access, clock, retention.orphans());
    }

    /**
     * Completes uploads that were being completed, and frees those that were being aborted, when a crash or a failure of the store left them
     * half way.
     *
     * @param before only steps that began before this moment, so that requests under way are left alone
     * @return how many uploads it finished
     */
    public int resume(Instant before) {
        return resumeUploads.resume(before);
    }

    /**
     * Frees what processes that have ended left in the store; the work of living processes is left alone.
     *
     * @return how many uploads it freed
     */
    public int abortAbandoned() {
        return abortAbandonedUploads.abort();
    }

    /**
     * Expires uploads that have been idle for too long. The store is asked first, as parts may have come to it by signed URLs.
     *
     * @return how many uploads it ended, and how large their parts were together
     */
    public Freed expire() {
        return expireUploads.expire();
    }

    /**
     * Frees complete partial uploads whose time has passed.
     *
     * @return how many it freed
     */
    public int expirePartials() {
        return expirePartialUploads.expire();
    }

    /** Deletes the records of uploads that ended long ago. */
    public void pruneRecords() {
        Instant limit = clock.instant().minus(retention.ended());
        int pruned;
        do {
            pruned = sessions.prune(limit, PRUNE_BATCH);
        } while (pruned == PRUNE_BATCH);
    }

    /**
     * Aborts uploads that only the store knows of, whose key fits the layout, and that are too old.
     *
     * @param dryRun whether to leave everything as it is, and only count
     * @return how many it aborted, or would have
     */
    public int abortOrphans(boolean dryRun) {
        return abortOrphanUploads.abortStale(dryRun);
    }
}
