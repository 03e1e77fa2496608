package dev.stowage.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.stowage.it.service.Api;
import dev.stowage.it.service.Api.Paths;
import dev.stowage.it.service.JobClient;
import dev.stowage.it.service.ServiceProcess;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code kill -9} at random points of jobs: at the end each item has exactly one result, copies are whole, and what is moved is at its new
 * key alone.
 */
class JobCrashIT extends ServiceSuite {

    private static final int KILLS = Integer.getInteger("stowage.job.kills", 1);
    private static final int ITEMS = Integer.getInteger("stowage.job.items", 500);

    /** Longer than it takes until a process that crashed counts as ended, and its items are done by another. */
    private static final Duration LIMIT = Duration.ofMinutes(3);

    @TempDir
    Path folder;

    private final Random random = new Random(7);
    private int kills;

    @Test
    void jobs_surviveKills_withOneResultForEachItem() throws Exception {
        ServiceProcess service = start();
        fill(new Api(service.address()));
        Map<String, String> files = files(new Api(service.address()), key(""));
        assertThat(files).hasSize(ITEMS);

        for (int round = 0; kills < KILLS; round++) {
            String copies = "processed/" + project + "/copy" + round + "/";
            String moved = "processed/" + project + "/moved" + round + "/";
            service = run(service, "copy", key(""), copies);
            assertThat(files(new Api(service.address()), copies)).isEqualTo(files);
            service = run(service, "move", copies, moved);
            assertThat(files(new Api(service.address()), copies)).isEmpty();
            assertThat(files(new Api(service.address()), moved)).isEqualTo(files);
            service = run(service, "delete", moved, "");
            assertThat(files(new Api(service.address()), moved)).isEmpty();
        }
        assertThat(files(new Api(service.address()), key(""))).isEqualTo(files);
        service.kill();
    }

    private ServiceProcess start() {
        return ServiceProcess.start(folder, stand.settings(), ServiceProcess.SHORT_LIVED);
    }

    /** Runs a job to its end; kills the service in its middle, and starts it again; for a single kill, the move is the most delicate. */
    private ServiceProcess run(ServiceProcess service, String operation, String source, String target)
            throws InterruptedException {
        Map<String, ?> to = target.isEmpty() ? Map.of() : Map.of("prefix", target);
        JobClient job = JobClient.submit(new Api(service.address()), operation, Map.of("prefix", source), to);
        ServiceProcess running = service;
        if (kills < KILLS && (KILLS > 1 || operation.equals("move"))) {
            kills++;
            TimeUnit.MILLISECONDS.sleep(random.nextInt(ITEMS / 4 + 200));
            service.kill();
            running = start();
        }
        Api api = new Api(running.address());
        JsonNode ended = job.await(api, LIMIT);
        assertThat(ended.path("state").asText()).as(ended.toString()).isEqualTo("succeeded");
        assertThat(ended.at("/progress/total").asInt()).as(ended.toString()).isEqualTo(ITEMS);
        assertThat(ended.at("/progress/succeeded").asInt()).as(ended.toString()).isEqualTo(ITEMS);
        assertThat(job.items(api))
                .hasSize(ITEMS)
                .allMatch(item -> item.path("state").asText().equals("succeeded"))
                .extracting(item -> item.path("key").asText())
                .doesNotHaveDuplicates();
        return running;
    }

    private void fill(Api api) {
        IntStream.range(0, ITEMS).parallel().forEach(i -> api.store(key("f" + i), bytes(10 + i % 50)));
    }

    /** What there is under a prefix: names with sizes and tags. */
    private static Map<String, String> files(Api api, String prefix) {
        Map<String, String> files = new TreeMap<>();
        String token = "";
        do {
            JsonNode page =
                    api.get(Paths.LIST + "?prefix=" + Api.query(prefix) + token).json();
            page.path("files")
                    .forEach(file -> files.put(
                            file.path("key").asText().substring(prefix.length()),
                            file.path("size").asText() + " " + file.path("etag").asText()));
            token = page.path("is_truncated").asBoolean()
                    ? "&continuation_token="
                            + Api.query(page.path("next_continuation_token").asText())
                    : "";
        } while (!token.isEmpty());
        return files;
    }
}
