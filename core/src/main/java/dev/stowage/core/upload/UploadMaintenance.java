package dev.stowage.core.upload;

import dev.stowage.core.access.AccessPolicy;
import dev.stowage.core.key.KeyLayout;
import dev.stowage.core.port.Maintenance.Freed;
import dev.stowage.core.port.Storage;
import dev.stowage.core.port.records.Leases;
import dev.stowage.core.port.records.UploadSessions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * Background maintenance of uploads that their clients do not finish. Each method is safe to run concurrently with all other calls, and
 * repeatedly; work that fails in between is finished by the next call.
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
     * How long data is kept.
     *
     * @param idle an upload after its last part, and a partial upload after its last byte
     * @param orphans an upload that only the store knows of, after its creation
     * @param ended the record of an upload after its end
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
     * Completes uploads that were being completed, and aborts those that were being aborted, when a crash or a failure of the store
     * interrupted that.
     *
     * @param before only steps that began before this time, so that running requests are not disturbed
     * @return the number of finished uploads
     */
    public int resume(Instant before) {
        return resumeUploads.resume(before);
    }

    /**
     * Aborts what processes that have ended left in the store. Does not touch the work of live processes.
     *
     * @return the number of aborted uploads
     */
    public int abortAbandoned() {
        return abortAbandonedUploads.abort();
    }

    /**
     * Expires uploads that have been idle for too long. Reads the parts from the store first, as clients may have sent some by signed URLs.
     *
     * @return the number of expired uploads and the total size of their parts
     */
    public Freed expire() {
        return expireUploads.expire();
    }

    /**
     * Deletes completed partial uploads that have expired.
     *
     * @return the number of deleted uploads
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
     * @param dryRun whether to only count them
     * @return the number of aborted uploads, or of those that would be aborted
     */
    public int abortOrphans(boolean dryRun) {
        return abortOrphanUploads.abortStale(dryRun);
    }
}
