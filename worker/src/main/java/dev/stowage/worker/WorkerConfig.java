package dev.stowage.worker;

import dev.stowage.core.config.Settings;
import dev.stowage.core.job.JobLimits;
import dev.stowage.worker.archive.ExtractLimits;
import java.time.Duration;

/**
 * The settings of background work.
 *
 * @param enabled whether this process does background work; another one may do it instead
 * @param concurrency how many batches of items run at once: 1 to 256
 * @param sweepInterval the pause between two cleanup rounds: 1 second to 1 day
 * @param uploadTtl how long an upload may stay open after its last part: 1 minute to 365 days
 * @param orphanUploads what happens to uploads that only the store knows of
 * @param sessionRetention how long the record of an ended upload is kept: 1 minute to 10 years
 * @param jobRetention what is kept of ended jobs
 * @param eventRetention how long events are kept: 1 minute to 10 years
 * @param jobLimits the limits of each owner of jobs
 * @param extractLimits the limits on archives that jobs extract
 */
public record WorkerConfig(
        boolean enabled,
        int concurrency,
        Duration sweepInterval,
        Duration uploadTtl,
        OrphanUploads orphanUploads,
        Duration sessionRetention,
        JobRetention jobRetention,
        Duration eventRetention,
        JobLimits jobLimits,
        ExtractLimits extractLimits) {

    /**
     * What happens to uploads that only the store knows of.
     *
     * @param ttl how long they may stay open: from {@code uploadTtl} to 365 days
     * @param dryRun whether they are only logged
     */
    public record OrphanUploads(Duration ttl, boolean dryRun) {}

    /**
     * What is kept of ended jobs.
     *
     * @param time how long: 1 minute to 10 years
     * @param items the most items of one owner, beyond which older jobs are deleted earlier; from 1000
     */
    public record JobRetention(Duration time, long items) {}

    private static final String ORPHAN_UPLOAD_TTL = "ORPHAN_UPLOAD_TTL";
    private static final Duration SHORTEST_TTL = Duration.ofMinutes(1);
    private static final Duration LONGEST_RETENTION = Duration.ofDays(3650);
    private static final Duration LONGEST_TTL = Duration.ofDays(365);

    /** Reads the configuration; problems are recorded in {@code settings}. */
    public static WorkerConfig from(Settings settings) {
        Duration uploadTtl = settings.duration("UPLOAD_TTL", Duration.ofHours(24), SHORTEST_TTL, LONGEST_TTL);
        Duration orphanUploadTtl = settings.duration(ORPHAN_UPLOAD_TTL, Duration.ofDays(7), SHORTEST_TTL, LONGEST_TTL);
        if (orphanUploadTtl.compareTo(uploadTtl) < 0) {
            settings.problem(
                    ORPHAN_UPLOAD_TTL,
                    "is shorter than UPLOAD_TTL, so uploads that have not expired would be aborted; set it to at least UPLOAD_TTL");
        }
        return new WorkerConfig(
                settings.flag("WORKER_ENABLED", true),
                settings.number("WORKER_CONCURRENCY", 8, 1, 256),
                settings.duration("SWEEP_INTERVAL", Duration.ofMinutes(5), Duration.ofSeconds(1), Duration.ofDays(1)),
                uploadTtl,
                new OrphanUploads(orphanUploadTtl, settings.flag("ORPHAN_UPLOAD_DRY_RUN", false)),
                settings.duration("SESSION_RETENTION", Duration.ofDays(7), SHORTEST_TTL, LONGEST_RETENTION),
                new JobRetention(
                        settings.duration("JOB_RETENTION", Duration.ofDays(30), SHORTEST_TTL, LONGEST_RETENTION),
                        settings.number("MAX_FINISHED_ITEMS", 10_000_000, 1000, 1_000_000_000)),
                settings.duration("EVENT_RETENTION", Duration.ofDays(7), SHORTEST_TTL, LONGEST_RETENTION),
                JobLimits.from(settings),
                ExtractLimits.from(settings));
    }

    /** The same settings with background work enabled. */
    public WorkerConfig asEnabled() {
        return new WorkerConfig(
                true,
                concurrency,
                sweepInterval,
                uploadTtl,
                orphanUploads,
                sessionRetention,
                jobRetention,
                eventRetention,
                jobLimits,
                extractLimits);
    }
}
