package dev.stowage.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stowage.core.config.Settings;
import dev.stowage.worker.WorkerConfig.JobRetention;
import dev.stowage.worker.WorkerConfig.OrphanUploads;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WorkerConfigTest {

    @Test
    void from_nothing_givesTheDefaults() {
        Settings settings = new Settings(Map.of());

        assertThat(WorkerConfig.from(settings))
                .isEqualTo(new WorkerConfig(
                        true,
                        8,
                        Duration.ofMinutes(5),
                        Duration.ofHours(24),
                        new OrphanUploads(Duration.ofDays(7), false),
                        Duration.ofDays(7),
                        new JobRetention(Duration.ofDays(30), 10_000_000)));
        assertThat(settings.problems()).isEmpty();
    }

    @Test
    void from_everySetting_takesEach() {
        Settings settings = new Settings(Map.of(
                "WORKER_ENABLED", "false",
                "WORKER_CONCURRENCY", "3",
                "SWEEP_INTERVAL", "90s",
                "UPLOAD_TTL", "2h",
                "ORPHAN_UPLOAD_TTL", "3d",
                "ORPHAN_UPLOAD_DRY_RUN", "true",
                "SESSION_RETENTION", "1d",
                "JOB_RETENTION", "2d",
                "MAX_FINISHED_ITEMS", "5000"));

        assertThat(WorkerConfig.from(settings))
                .isEqualTo(new WorkerConfig(
                        false,
                        3,
                        Duration.ofSeconds(90),
                        Duration.ofHours(2),
                        new OrphanUploads(Duration.ofDays(3), true),
                        Duration.ofDays(1),
                        new JobRetention(Duration.ofDays(2), 5000)));
        assertThat(settings.problems()).isEmpty();
    }

    @Test
    void from_mistakes_notesEach() {
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
    void from_anOrphanUploadTtlBelowTheUploadTtl_isAnImpossibleCombination() {
        Settings settings = new Settings(Map.of("UPLOAD_TTL", "8d"));

        WorkerConfig.from(settings);

        assertThat(settings.problems())
                .singleElement()
                .asString()
                .startsWith("ORPHAN_UPLOAD_TTL: is shorter than UPLOAD_TTL");
    }
}
