package dev.stowage.worker;

import dev.stowage.core.config.Settings;
import dev.stowage.core.job.JobLimits;
import java.time.Duration;

/**
 * How the background work is done.
 *
 * @param enabled whether this process does background work at all; another one may
 * @param concurrency on how many items of a job at once: 1 to 256
 * @param sweepInterval the pause between two rounds of tidying up: 1 second to 1 day
 * @param uploadTtl how long an upload may stand open after its last part: 1 minute to 365 days
 * @param orphanUploads what becomes of uploads that only the store knows of
 * @param sessionRetention how long what is known of an upload that has ended is kept: 1 minute to 10 years
 * @param jobRetention what is kept of jobs that have ended
 * @param jobLimits what one owner of jobs may have at a time
 */
public record WorkerConfig(
        boolean enabled,
        int concurrency,
        Duration sweepInterval,
        Duration uploadTtl,
        OrphanUploads orphanUploads,
        Duration sessionRetention,
        JobRetention jobRetention,
        JobLimits jobLimits) {

    /**
     * What becomes of uploads that only the store knows of.
     *
     * @param ttl how long they may stand open: from {@code uploadTtl} to 365 days
     * @param dryRun whether they are only counted
     */
    public record OrphanUploads(Duration ttl, boolean dryRun) {}

    /**
     * What is kept of jobs that have ended.
     *
     * @param time how long: 1 minute to 10 years
     * @param items how many items of one owner's at most, so that older jobs go before their time; from 1000
     */
    public record JobRetention(Duration time, long items) {}

    private static final String ORPHAN_UPLOAD_TTL = "ORPHAN_UPLOAD_TTL";
    private static final Duration SHORTEST_TTL = Duration.ofMinutes(1);
    private static final Duration LONGEST_RETENTION = Duration.ofDays(3650);
    private static final Duration LONGEST_TTL = Duration.ofDays(365);

    /** Reads the configuration; what is wrong is noted in {@code settings}. */
    public static WorkerConfig from(Settings settings) {
        Duration uploadTtl = settings.duration("UPLOAD_TTL", Duration.ofHours(24), SHORTEST_TTL, LONGEST_TTL);
        Duration orphanUploadTtl = settings.duration(ORPHAN_UPLOAD_TTL, Duration.ofDays(7), SHORTEST_TTL, LONGEST_TTL);
        if (orphanUploadTtl.compareTo(uploadTtl) < 0) {
            settings.problem(
                    ORPHAN_UPLOAD_TTL,
                    "is shorter than UPLOAD_TTL, so that uploads would be removed that are still good; set it to at least that");
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
                JobLimits.from(settings));
    }

    /** The same for a process that does background work in any case. */
    public WorkerConfig asEnabled() {
        return new WorkerConfig(
                true, concurrency, sweepInterval, uploadTtl, orphanUploads, sessionRetention, jobRetention, jobLimits);
    }
}
