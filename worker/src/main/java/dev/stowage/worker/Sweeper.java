package dev.stowage.worker;

import dev.stowage.core.access.AccessPolicy;
import dev.stowage.core.key.KeyLayout;
import dev.stowage.core.port.Leases;
import dev.stowage.core.port.Maintenance;
import dev.stowage.core.port.Maintenance.Freed;
import dev.stowage.core.port.Storage;
import dev.stowage.core.port.UploadSessions;
import dev.stowage.core.upload.UploadMaintenance;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Goes on with what was left half way, frees what nobody can be waiting for any more, and says so when it was something. */
final class Sweeper {

    private static final Logger LOG = LoggerFactory.getLogger(Sweeper.class);

    /** Longer than a request takes for one step, so that only what was left behind is picked up. */
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
            LOG.atInfo().addKeyValue("uploads", aborted).log("Freed uploads of processes that ended");
        }
    }

    /** What began before this process did was left by a crash; of the rest, what takes too long. */
    void resumeUploads() {
        Instant overdue = clock.instant().minus(STEP);
        int resumed = uploads.resume(overdue.isAfter(start) ? overdue : start);
        counts.countResumed(resumed);
        if (resumed > 0) {
            LOG.atInfo().addKeyValue("uploads", resumed).log("Went on with uploads that were left half way");
        }
    }

    void expireUploads() {
        Freed freed = uploads.expire();
        counts.countExpired(freed);
        if (freed.items() > 0) {
            LOG.atInfo()
                    .addKeyValue("uploads", freed.items())
                    .addKeyValue("bytes", freed.bytes())
                    .log("Expired uploads that nobody went on with");
        }
        int expired = uploads.expirePartials();
        if (expired > 0) {
            LOG.atInfo()
                    .addKeyValue("uploads", expired)
                    .log("Freed pieces of files that were put together, or never were");
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
                    .log(
                            dryRun
                                    ? "Would abort uploads that only the store knows of"
                                    : "Aborted uploads that only the store knew of");
        }
    }

    void sweepStore(Maintenance maintenance) {
        Freed freed = maintenance.sweep();
        counts.countStore(freed);
        if (freed.items() > 0) {
            LOG.atInfo()
                    .addKeyValue("items", freed.items())
                    .addKeyValue("bytes", freed.bytes())
                    .log("Freed what was left behind in the store");
        }
    }
}
