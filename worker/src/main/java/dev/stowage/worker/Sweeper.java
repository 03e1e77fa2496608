package dev.stowage.worker;

import dev.stowage.core.access.AccessPolicy;
import dev.stowage.core.key.KeyLayout;
import dev.stowage.core.port.Maintenance;
import dev.stowage.core.port.Maintenance.Freed;
import dev.stowage.core.port.Storage;
import dev.stowage.core.port.records.Leases;
import dev.stowage.core.port.records.UploadSessions;
import dev.stowage.core.upload.UploadMaintenance;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finishes interrupted uploads and deletes expired data. Logs only rounds that changed something. */
final class Sweeper {

    private static final Logger LOG = LoggerFactory.getLogger(Sweeper.class);

    /** Longer than one step of a request takes, so that steps in progress are left alone. */
    private static final Duration STEP = Duration.ofMinutes(2);

    private final WorkerConfig config;
    private final InstantSource clock;
    private final Instant start;
    private final SweepCounts counts = new SweepCounts();
    private final UploadMaintenance uploads;

    Sweeper(
            WorkerConfig config,
            Storage storage,
            UploadSessions sessions,
            Leases leases,
            KeyLayout layout,
            AccessPolicy access,
            InstantSource clock) {
        this.config = config;
        this.clock = clock;
        this.start = clock.instant();
        UploadMaintenance.Retention retention = new UploadMaintenance.Retention(
                config.uploadTtl(), config.orphanUploads().ttl(), config.sessionRetention());
        this.uploads = new UploadMaintenance(storage, sessions, leases, layout, access, retention, clock);
    }

    SweepCounts counts() {
        return counts;
    }

    void abortAbandonedUploads() {
        int aborted = uploads.abortAbandoned();
        counts.countAbandoned(aborted);
        if (aborted > 0) {
            LOG.atInfo().addKeyValue("uploads", aborted).log("Aborted uploads of ended processes");
        }
    }

    /** Steps that began before this process were interrupted by a crash; of the others, those that take too long are resumed. */
    void resumeUploads() {
        Instant overdue = clock.instant().minus(STEP);
        int resumed = uploads.resume(overdue.isAfter(start) ? overdue : start);
        counts.countResumed(resumed);
        if (resumed > 0) {
            LOG.atInfo().addKeyValue("uploads", resumed).log("Finished interrupted uploads");
        }
    }

    void expireUploads() {
        Freed freed = uploads.expire();
        counts.countExpired(freed);
        if (freed.items() > 0) {
            LOG.atInfo()
                    .addKeyValue("uploads", freed.items())
                    .addKeyValue("bytes", freed.bytes())
                    .log("Expired inactive uploads");
        }
        int expired = uploads.expirePartials();
        if (expired > 0) {
            LOG.atInfo().addKeyValue("uploads", expired).log("Deleted partial uploads");
        }
        uploads.pruneRecords();
    }

    void abortStaleUploads() {
        boolean dryRun = config.orphanUploads().dryRun();
        int aborted = uploads.abortOrphans(dryRun);
        counts.countOrphans(dryRun ? 0 : aborted);
        if (aborted > 0) {
            LOG.atInfo()
                    .addKeyValue("uploads", aborted)
                    .log(dryRun ? "Would abort orphaned uploads" : "Aborted orphaned uploads");
        }
    }

    void sweepStore(Maintenance maintenance) {
        Freed freed = maintenance.sweep();
        counts.countStore(freed);
        if (freed.items() > 0) {
            LOG.atInfo()
                    .addKeyValue("items", freed.items())
                    .addKeyValue("bytes", freed.bytes())
                    .log("Deleted leftovers in the store");
        }
    }
}
