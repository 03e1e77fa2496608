package dev.stowage.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.stowage.it.service.Api;
import dev.stowage.it.service.Api.Paths;
import dev.stowage.it.service.JobClient;
import dev.stowage.it.service.ProcessPair;
import dev.stowage.it.service.ServiceProcess;
import dev.stowage.it.store.RunsOn;
import dev.stowage.it.store.StandKind;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two processes work on the same jobs, and one of them is killed, or suspended for longer than its lease, at random points. At the end each
 * item has exactly one result, copies are complete, and moved files exist only at their new key. Files stored again under the keys of items
 * that another process has done are still there after the suspended process resumes.
 */
@RunsOn({StandKind.EMBEDDED, StandKind.S3PROXY})
class JobCrashIT extends ServiceSuite {

    private static final int KILLS = Integer.getInteger("stowage.job.kills", 1);
    private static final int SUSPENSIONS = Integer.getInteger("stowage.job.suspensions", 0);
    private static final int ITEMS = Integer.getInteger("stowage.job.items", 200);

    /** The most jobs for each failure; some end before it happens. */
    private static final int JOBS_FOR_EACH = 6;

    /** Longer than it takes until the lease of a process expires and its items are taken over. */
    private static final Duration LIMIT = Duration.ofMinutes(3);

    /** The longest suspension: longer than the lease, even for a process that holds a lock of the database. */
    private static final Duration SUSPENSION = Duration.ofSeconds(40);

    @TempDir
    Path folder;

    private final Random random = new Random(7);
    private final List<Failure> planned = new ArrayList<>();
    private ProcessPair pair;
    private int held;
    private int blocked;

    private enum Failure {
        KILL,
        SUSPENSION
    }

    @BeforeEach
    void start() throws SQLException {
        pair = new ProcessPair(
                () -> ServiceProcess.start(folder, stand.settings(folder), ServiceProcess.SHORT_LIVED),
                stand.leases(folder));
    }

    @Test
    void jobs_surviveKillsAndSuspensions_withOneResultForEachItem() throws Exception {
        planned.addAll(Collections.nCopies(KILLS, Failure.KILL));
        planned.addAll(Collections.nCopies(SUSPENSIONS, Failure.SUSPENSION));
        Collections.shuffle(planned, random);
        int failures = planned.size();
        try {
            fill();
            Map<String, String> files = files(key(""));
            assertThat(files).hasSize(ITEMS);
            for (int round = 0; !planned.isEmpty() && round < failures * JOBS_FOR_EACH / 3 + 1; round++) {
                String copies = "processed/" + project + "/copy" + round + "/";
                String moved = "processed/" + project + "/moved" + round + "/";
                run("copy", key(""), copies);
                assertThat(files(copies)).isEqualTo(files);
                run("move", copies, moved);
                assertThat(files(copies)).isEmpty();
                assertThat(files(moved)).isEqualTo(files);
                run("delete", moved, "");
                assertThat(files(moved)).isEmpty();
            }
            assertThat(files(key(""))).isEqualTo(files);
        } finally {
            pair.close();
            Measured.report(
                    "%d of %d failures on %s; %d items were taken over from suspended processes, which held a lock %d times"
                            .formatted(failures - planned.size(), failures, source.kind(), held, blocked));
        }
        assertThat(planned).as("failures for which no job was left").isEmpty();
    }

    /** Runs a job to its end, with a failure during it while any are left to do. */
    private void run(String operation, String from, String to) throws InterruptedException, SQLException {
        Map<String, ?> target = to.isEmpty() ? Map.of() : Map.of("prefix", to);
        JobClient job = JobClient.submit(pair.any(random), operation, Map.of("prefix", from), target);
        if (!planned.isEmpty()) {
            boolean working = isWorkedOn(job);
            if (planned.get(0) == Failure.KILL) {
                pair.kill(random);
                planned.remove(0);
            } else if (working) {
                suspend(job, from, to);
            }
        }
        JsonNode ended = await(job, pair.api(), LIMIT);
        assertThat(ended.path("state").asText()).as(ended.toString()).isEqualTo("succeeded");
        assertThat(ended.at("/progress/total").asInt()).as(ended.toString()).isEqualTo(ITEMS);
        assertThat(ended.at("/progress/succeeded").asInt()).as(ended.toString()).isEqualTo(ITEMS);
        assertThat(job.items(pair.api()))
                .hasSize(ITEMS)
                .allMatch(item -> item.path("state").asText().equals("succeeded"))
                .extracting(item -> item.path("key").asText())
                .doesNotHaveDuplicates();
        pair.refill();
    }

    /** Waits until the job has begun, and for a random time after that; returns whether it still runs. */
    private boolean isWorkedOn(JobClient job) throws InterruptedException {
        while (job.get(pair.api()).path("state").asText().equals("queued")) {
            TimeUnit.MILLISECONDS.sleep(5);
        }
        TimeUnit.MILLISECONDS.sleep(random.nextInt(ITEMS / 10));
        return !hasEnded(job.get(pair.api()));
    }

    private void suspend(JobClient job, String from, String to) throws InterruptedException {
        Api other = pair.suspend(random);
        try {
            JsonNode ended = await(job, other, SUSPENSION);
            if (!hasEnded(ended)) {
                // It was suspended during a transaction, which blocks all writes of the other process.
                blocked++;
                planned.remove(0);
                return;
            }
            List<String> taken = takenOver(job, other);
            if (taken.isEmpty()) {
                return;
            }
            planned.remove(0);
            held += taken.size();
            taken.forEach(name -> anew(other, from + name));
            if (!to.isEmpty()) {
                taken.forEach(name -> anew(other, to + name));
            }
            Map<String, String> sources = files(other, from);
            Map<String, String> targets = to.isEmpty() ? Map.of() : files(other, to);
            assertThat(sources.keySet()).containsAll(taken);
            pair.resume();
            assertThat(differences(sources, files(from)))
                    .as("sources changed by the resumed process")
                    .isEmpty();
            if (!to.isEmpty()) {
                assertThat(differences(targets, files(to)))
                        .as("targets changed by the resumed process")
                        .isEmpty();
            }
            restore(taken, from, to);
        } finally {
            pair.resume();
        }
    }

    /** The names that differ between two lists of files, each with its values in both. Whole lists would be too long for a report. */
    private static Map<String, String> differences(Map<String, String> before, Map<String, String> after) {
        Set<String> names = new TreeSet<>(before.keySet());
        names.addAll(after.keySet());
        Map<String, String> differences = new TreeMap<>();
        for (String name : names) {
            if (!Objects.equals(before.get(name), after.get(name))) {
                differences.put(name, before.get(name) + " -> " + after.get(name));
            }
        }
        return differences;
    }

    /** Names of the items that were tried before they were done: those that the suspended process had claimed. */
    private static List<String> takenOver(JobClient job, Api api) {
        return job.items(api).stream()
                .filter(item -> item.path("attempts").asInt() > 1)
                .map(item -> item.path("key").asText())
                .map(key -> key.substring(key.lastIndexOf('/') + 1))
                .toList();
    }

    /** Stores a file again, like a user who has seen that the item is done. */
    private static void anew(Api api, String key) {
        api.store(key, bytes(100));
    }

    /** Restores the state that the job left. */
    private void restore(List<String> names, String from, String to) {
        Api api = pair.api();
        for (String name : names) {
            if (!to.isEmpty()) {
                api.store(to + name, content(name));
            }
            if (from.equals(key(""))) {
                api.store(from + name, content(name));
            } else {
                assertThat(api.delete(Paths.OBJECT + Api.encode(from + name)).status())
                        .isEqualTo(204);
            }
        }
    }

    private void fill() {
        Api filling = pair.api();
        IntStream.range(0, ITEMS).parallel().forEach(i -> filling.store(key("f" + i), content("f" + i)));
    }

    private static byte[] content(String name) {
        return bytes(10 + Integer.parseInt(name.substring(1)) % 50);
    }

    /** The job after its end, or its state at the time limit. A database that is locked for a while is not a failure. */
    private static JsonNode await(JobClient job, Api api, Duration limit) throws InterruptedException {
        long end = System.nanoTime() + limit.toNanos();
        JsonNode now = job.get(api);
        while (!hasEnded(now) && System.nanoTime() < end) {
            TimeUnit.MILLISECONDS.sleep(50);
            now = job.get(api);
        }
        return now;
    }

    private static boolean hasEnded(JsonNode job) {
        return job.hasNonNull("finished_at");
    }

    private Map<String, String> files(String prefix) {
        return files(pair.api(), prefix);
    }

    /** The files under a prefix: names with sizes and ETags. */
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
