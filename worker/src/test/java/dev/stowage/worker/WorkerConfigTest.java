package dev.stowage.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stowage.core.config.Settings;
import dev.stowage.core.job.JobLimits;
import dev.stowage.worker.WorkerConfig.JobRetention;
import dev.stowage.worker.WorkerConfig.OrphanUploads;
import dev.stowage.worker.archive.ExtractLimits;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WorkerConfigTest {

    @Test
    void from_nothing_usesTheDefaults() {
        Settings settings = new Settings(Map.of());

        assertThat(WorkerConfig.from(settings))
                .isEqualTo(new WorkerConfig(
                        true,
                        8,
                        Duration.ofMinutes(5),
                        Duration.ofHours(24),
                        new OrphanUploads(Duration.ofDays(7), false),
                        Duration.ofDays(7),
                        new JobRetention(Duration.ofDays(30), 10_000_000),
                        Duration.ofDays(7),
                        JobLimits.DEFAULT,
                        ExtractLimits.DEFAULT));
        assertThat(settings.problems()).isEmpty();
    }

    @Test
    void from_everySetting_appliesEach() {
        Settings settings = new Settings(Map.ofEntries(
                Map.entry("WORKER_ENABLED", "false"),
                Map.entry("WORKER_CONCURRENCY", "3"),
                Map.entry("SWEEP_INTERVAL", "90s"),
                Map.entry("UPLOAD_TTL", "2h"),
                Map.entry("ORPHAN_UPLOAD_TTL", "3d"),
                Map.entry("ORPHAN_UPLOAD_DRY_RUN", "true"),
                Map.entry("SESSION_RETENTION", "1d"),
                Map.entry("JOB_RETENTION", "2d"),
                Map.entry("EVENT_RETENTION", "12h"),
                Map.entry("MAX_FINISHED_ITEMS", "5000"),
                Map.entry("MAX_OPEN_JOBS", "7"),
                Map.entry("MAX_IDEMPOTENCY_KEYS", "8"),
                Map.entry("MAX_OPEN_JOB_ITEMS", "9"),
                Map.entry("EXTRACT_MAX_ENTRIES", "10"),
                Map.entry("EXTRACT_MAX_SIZE", "2KiB"),
                Map.entry("EXTRACT_MAX_RATIO", "12")));

        assertThat(WorkerConfig.from(settings))
                .isEqualTo(new WorkerConfig(
                        false,
                        3,
                        Duration.ofSeconds(90),
                        Duration.ofHours(2),
                        new OrphanUploads(Duration.ofDays(3), true),
                        Duration.ofDays(1),
                        new JobRetention(Duration.ofDays(2), 5000),
                        Duration.ofHours(12),
                        new JobLimits(7, 8, 9),
                        new ExtractLimits(10, 2048, 12)));
        assertThat(settings.problems()).isEmpty();
    }

    @Test
    void from_invalidSettings_reportsEach() {
        Settings settings = new Settings(Map.of(
                "WORKER_ENABLED", "maybe",
                "WORKER_CONCURRENCY", "0",
                "SWEEP_INTERVAL", "5",
                "UPLOAD_TTL", "1s",
                "ORPHAN_UPLOAD_TTL", "400d"));

        WorkerConfig.from(settings);

        assertThat(settings.problems())
                .extracting(problem -> problem.substring(0, problem.indexOf(':')))
                .containsExactlyInAnyOrder(
                        "WORKER_ENABLED", "WORKER_CONCURRENCY", "SWEEP_INTERVAL", "UPLOAD_TTL", "ORPHAN_UPLOAD_TTL");
    }

    @Test
    void from_anOrphanUploadTtlBelowTheUploadTtl_isRefused() {
        Settings settings = new Settings(Map.of("UPLOAD_TTL", "8d"));

        WorkerConfig.from(settings);

        assertThat(settings.problems())
                .singleElement()
                .asString()
                .startsWith("ORPHAN_UPLOAD_TTL: is shorter than UPLOAD_TTL");
    }
}
