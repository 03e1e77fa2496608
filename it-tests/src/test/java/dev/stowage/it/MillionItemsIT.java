package dev.stowage.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.stowage.it.service.Api;
import dev.stowage.it.service.Api.Reply;
import dev.stowage.it.service.JobClient;
import dev.stowage.it.service.ServiceProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Jobs of a million files on the embedded store, which stays responsive. */
@Tag("heavy")
class MillionItemsIT {

    private static final int THOUSAND = 1000;
    private static final int MILLION = 1_000_000;
    private static final Duration LIMIT = Duration.ofMinutes(30);

    /** The limit of a response time that users notice. */
    private static final double RESPONSIVE_SECONDS = 1;

    private static final double PAUSE_SECONDS = 2;

    @TempDir
    Path folder;

    private final Map<String, Double> slowest = new TreeMap<>();

    @Test
    void aMillionFiles_areCopiedAndDeleted_inFlatMemory() throws Exception {
        Map<String, String> settings = Map.of("DATA_DIR", folder.resolve("data").toString());
        try (ServiceProcess service = ServiceProcess.start(folder, settings, List.of("-Xmx256m"))) {
            Api api = new Api(service.address());
            IntStream.range(0, THOUSAND).forEach(i -> api.store("raw/thousand/" + i, new byte[] {(byte) i}));
            multiply(api, "raw/thousand/", "raw/hundred-thousand/", 100);
            multiply(api, "raw/hundred-thousand/", "raw/million/", 10);

            measure(api, "copy", Map.of("prefix", "raw/million/"), Map.of("prefix", "processed/million/"));
            measure(api, "delete", Map.of("prefix", "raw/million/"), Map.of());

            Measured.report("peak RSS %d MiB with -Xmx256m".formatted(Measured.peakMiB(service)));
        }
    }

    private static void multiply(Api api, String source, String target, int times) throws InterruptedException {
        for (int i = 0; i < times; i++) {
            JsonNode copied = JobClient.submit(
                            api, "copy", Map.of("prefix", source), Map.of("prefix", target + i + "/"))
                    .await(api, LIMIT);
            assertThat(copied.path("state").asText()).as(copied.toString()).isEqualTo("succeeded");
        }
    }

    private void measure(Api api, String operation, Map<String, ?> source, Map<String, ?> target) throws Exception {
        long before = databaseMiB();
        long began = System.nanoTime();
        JobClient job = JobClient.submit(api, operation, source, target);
        double submitted = Measured.seconds(began);
        slowest.clear();
        JsonNode status = ask(api, "status", job.path(""));
        double stopped = pauseAndResume(api, job);
        while (status.path("finished_at").isNull()) {
            ask(
                    api,
                    "items",
                    job.path("/items?limit=1000&cursor="
                            + status.at("/progress/succeeded").asLong() / 2));
            ask(api, "failed items", job.path("/items?state=failed"));
            TimeUnit.MILLISECONDS.sleep(500);
            status = ask(api, "status", job.path(""));
        }
        double seconds = Measured.seconds(began);
        began = System.nanoTime();
        long lines = api.get(job.path("/report")).text().lines().count();

        Measured.report(
                "%s of %d files: submitted in %s s, done in %s s (with a pause of 4 s, in effect after %s s), %.0f files/s, database %d MiB larger, slowest answers %s,"
                                .formatted(
                                        operation,
                                        MILLION,
                                        submitted,
                                        seconds,
                                        stopped,
                                        MILLION / seconds,
                                        databaseMiB() - before,
                                        slowest)
                        + " report of all in %s s".formatted(Measured.seconds(began)));
        assertThat(status.path("state").asText()).as(status.toString()).isEqualTo("succeeded");
        assertThat(status.at("/progress/succeeded").asInt()).isEqualTo(MILLION);
        assertThat(lines).isEqualTo(MILLION);
        assertThat(submitted).isLessThan(RESPONSIVE_SECONDS);
        assertThat(slowest.get("status")).isLessThan(RESPONSIVE_SECONDS);
    }

    /** How long it takes from the pause until nothing changes any more. */
    private static double pauseAndResume(Api api, JobClient job) throws InterruptedException {
        TimeUnit.SECONDS.sleep(10);
        long began = System.nanoTime();
        assertThat(job.act(api, "pause").status()).isEqualTo(200);
        long done = -1;
        double stopped = 0;
        for (int i = 0; i < 40; i++) {
            long now = job.get(api).at("/progress/succeeded").asLong();
            if (now != done) {
                stopped = Measured.seconds(began);
                done = now;
            }
            TimeUnit.MILLISECONDS.sleep(100);
        }
        assertThat(stopped).isLessThanOrEqualTo(PAUSE_SECONDS);
        assertThat(job.act(api, "resume").status()).isEqualTo(200);
        return stopped;
    }

    private JsonNode ask(Api api, String what, String path) {
        long began = System.nanoTime();
        Reply reply = api.get(path);
        assertThat(reply.status()).as(reply.text()).isEqualTo(200);
        slowest.merge(what, Math.round((System.nanoTime() - began) / 1e6) / 1e3, Math::max);
        return reply.json();
    }

    private long databaseMiB() throws IOException {
        return Files.size(folder.resolve("data").resolve("worker.db")) >> 20;
    }
}
