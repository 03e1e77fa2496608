package dev.stowage.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.stowage.it.service.Api;
import dev.stowage.it.service.Api.Reply;
import dev.stowage.it.service.FakeTime;
import dev.stowage.it.service.JobClient;
import dev.stowage.it.service.ServiceProcess;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A schedule outlives a crash, and catches up once. */
class SchedulesIT {

    private static final String SCHEDULES = "/api/v1/schedules";
    private static final Duration LIMIT = Duration.ofSeconds(30);

    @TempDir
    Path folder;

    @Test
    void aRunThatWasMissedByACrash_isCaughtUpOnce() throws Exception {
        // At the beginning of a minute, so that the schedule is not due before the crash.
        Duration minuteBegins = Duration.ofSeconds(60 - Instant.now().getEpochSecond() % 60);
        Optional<Map<String, String>> first = FakeTime.ahead(minuteBegins);
        Optional<Map<String, String>> later = FakeTime.ahead(minuteBegins.plusMinutes(5));
        assumeTrue(later.isPresent(), "libfaketime is not installed: the time of a schedule is not waited for");
        String schedule;
        try (ServiceProcess service = ServiceProcess.start(folder, first.orElseThrow(), ServiceProcess.SHORT_LIVED)) {
            Api api = new Api(service.address());
            api.store("raw/p/old.tmp", new byte[] {1});
            api.store("raw/p/other", new byte[] {1});
            schedule = create(api, "* * * * *");
            String never = create(api, "0 0 29 2 *");
            assertThat(api.delete(SCHEDULES + "/" + never).status()).isEqualTo(204);
            assertThat(api.get(SCHEDULES).json().path("schedules")).hasSize(1);
            service.kill();
        }
        try (ServiceProcess service = ServiceProcess.start(folder, later.get(), ServiceProcess.SHORT_LIVED)) {
            Api api = new Api(service.address());

            JsonNode shown = awaitJob(api, schedule);

            JsonNode job = JobClient.of(shown.path("last_job").asText()).await(api, LIMIT);
            assertThat(job.path("state").asText()).as(job.toString()).isEqualTo("succeeded");
            assertThat(job.at("/progress/succeeded").asInt()).isEqualTo(1);
            assertThat(api.get("/api/v1/s3/list?prefix=raw/").json().path("files"))
                    .hasSize(1);
            assertThat(shown.path("missed").asInt()).isBetween(3, 5);
            assertThat(Instant.parse(shown.path("next_at").asText()))
                    .isAfter(Instant.parse(shown.path("last_at").asText()));
            assertThat(api.get("/api/v1/jobs").json().path("jobs")).hasSizeBetween(1, 2);
        }
    }

    private static String create(Api api, String cron) {
        Reply created = api.post(
                        SCHEDULES,
                        Map.of(
                                "name",
                                "clean-up",
                                "cron",
                                cron,
                                "time_zone",
                                "Europe/Berlin",
                                "job",
                                Map.of(
                                        "operation",
                                        "delete",
                                        "source",
                                        Map.of("prefix", "raw/p/", "filter", Map.of("name", "*.tmp")))))
                .expect(201);
        return created.json().path("id").asText();
    }

    private static JsonNode awaitJob(Api api, String schedule) throws InterruptedException {
        long end = System.nanoTime() + LIMIT.toNanos();
        JsonNode shown = api.get(SCHEDULES + "/" + schedule).expect(200).json();
        while (shown.path("last_job").isNull()) {
            assertThat(System.nanoTime()).as(shown.toString()).isLessThan(end);
            TimeUnit.MILLISECONDS.sleep(100);
            shown = api.get(SCHEDULES + "/" + schedule).expect(200).json();
        }
        return shown;
    }
}
