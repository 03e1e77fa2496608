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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
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
 * that another process has done are still there after the suspended process resumes. With more than a few failures, all operations run.
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

    /** The size of a file that was stored again; no other has it. */
    private static final int AGAIN = 100;

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

    /**
     * A job.
     *
     * @param prefixes those under which it changes files of the names of its items
     * @param key the one file that it writes, if that is all
     */
    private record Work(
            String operation,
            Map<String, ?> source,
            Map<String, ?> target,
            List<String> prefixes,
            Optional<String> key) {

        static Work of(String operation, String from, Map<String, ?> target, String... prefixes) {
            return new Work(operation, Map.of("prefix", from), target, List.of(prefixes), Optional.empty());
        }

        static Work writing(String operation, String from, String key) {
            Map<String, ?> target =
                    operation.equals("archive") ? Map.of("key", key, "strip_prefix", from) : Map.of("key", key);
            return new Work(operation, Map.of("prefix", from), target, List.of(), Optional.of(key));
        }
    }

    @BeforeEach
    void start() throws SQLException {
        pair = new ProcessPair(
                () -> ServiceProcess.start(folder, settings(), ServiceProcess.SHORT_LIVED), stand.leases(folder));
    }

    @Test
    void jobs_surviveKillsAndSuspensions_withOneResultForEachItem() throws Exception {
        planned.addAll(Collections.nCopies(KILLS, Failure.KILL));
        planned.addAll(Collections.nCopies(SUSPENSIONS, Failure.SUSPENSION));
        Collections.shuffle(planned, random);
        int failures = planned.size();
        try {
            fill(pair.api());
            Map<String, String> files = files(key(""));
            assertThat(files).hasSize(ITEMS);
            for (int round = 0; !planned.isEmpty() && round < failures * JOBS_FOR_EACH / 4 + 1; round++) {
                if (round % 2 == 0) {
                    copyMoveAndDelete(files, "processed/" + project + "/" + round);
                } else {
                    listPackAndImport(files, "processed/" + project + "/" + round);
                }
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

    private void copyMoveAndDelete(Map<String, String> files, String to) throws InterruptedException, SQLException {
        String copies = to + "/copy/";
        String moved = to + "/moved/";
        run(Work.of("copy", key(""), Map.of("prefix", copies), key(""), copies));
        assertThat(files(copies)).isEqualTo(files);
        run(Work.of("move", copies, Map.of("prefix", moved), copies, moved));
        assertThat(files(copies)).isEmpty();
        assertThat(files(moved)).isEqualTo(files);
        run(Work.of("delete", moved, Map.of(), moved));
        assertThat(files(moved)).isEmpty();
    }

    private void listPackAndImport(Map<String, String> files, String to) throws InterruptedException, SQLException {
        String inventory = to + "/all.csv";
        String archive = to + "/all.zip";
        String extracted = to + "/extracted/";
        String imported = to + "/imported/";
        run(Work.writing("inventory", key(""), inventory));
        assertThat(pair.api().get(Paths.DOWNLOAD + inventory).text().lines().skip(1))
                .extracting(line -> line.substring(key("").length(), line.indexOf(',')))
                .containsExactlyInAnyOrderElementsOf(files.keySet());
        run(Work.writing("archive", key(""), archive));
        run(new Work(
                "extract",
                Map.of("keys", List.of(archive)),
                Map.of("prefix", extracted),
                List.of(extracted),
                Optional.empty()));
        assertThat(files(extracted)).isEqualTo(files);
        run(Work.of("set_metadata", extracted, Map.of("metadata", Map.of("by", "job"))));
        run(Work.of("verify", extracted, Map.of()));
        fillSource();
        run(new Work(
                "import",
                Map.of("from", "old", "prefix", key("")),
                Map.of("prefix", imported, "strip_prefix", key("")),
                List.of(imported),
                Optional.empty()));
        assertThat(files(imported)).isEqualTo(files);
        run(Work.of("delete", to + "/", Map.of()), 2 * ITEMS + 2);
    }

    private void run(Work work) throws InterruptedException, SQLException {
        run(work, ITEMS);
    }

    /** Runs a job to its end, with a failure during it while any are left to do. */
    private void run(Work work, int items) throws InterruptedException, SQLException {
        JobClient job = JobClient.submit(pair.any(random), work.operation(), work.source(), work.target());
        boolean again = false;
        if (!planned.isEmpty()) {
            boolean working = isWorkedOn(job);
            if (planned.get(0) == Failure.KILL) {
                pair.kill(random);
                planned.remove(0);
            } else if (working) {
                again = suspend(job, work);
            }
        }
        JsonNode ended = await(job, pair.api(), LIMIT);
        assertThat(ended.path("state").asText()).as(ended.toString()).isEqualTo("succeeded");
        assertThat(ended.at("/progress/total").asInt()).as(ended.toString()).isEqualTo(items);
        // An import skips what was copied before the failure.
        assertThat(ended.at("/progress/succeeded").asInt()
                        + ended.at("/progress/skipped").asInt())
                .as(ended.toString())
                .isEqualTo(items);
        Set<String> results = work.operation().equals("import") ? Set.of("succeeded", "skipped") : Set.of("succeeded");
        assertThat(job.items(pair.api()))
                .hasSize(items)
                .allMatch(item -> results.contains(item.path("state").asText()))
                .extracting(item -> item.path("key").asText())
                .doesNotHaveDuplicates();
        pair.refill();
        if (again) {
            JobClient repeated = JobClient.submit(pair.api(), work.operation(), work.source(), work.target());
            assertThat(await(repeated, pair.api(), LIMIT).path("state").asText())
                    .isEqualTo("succeeded");
        }
    }

    /** Waits until the job has begun, and for a random time after that; returns whether it still runs. */
    private boolean isWorkedOn(JobClient job) throws InterruptedException {
        while (job.get(pair.api()).path("state").asText().equals("queued")) {
            TimeUnit.MILLISECONDS.sleep(5);
        }
        TimeUnit.MILLISECONDS.sleep(random.nextInt(ITEMS / 10));
        return !hasEnded(job.get(pair.api()));
    }

    /** Returns whether the job has to be repeated, because the file that it wrote was replaced. */
    private boolean suspend(JobClient job, Work work) throws InterruptedException {
        Api other = pair.suspend(random);
        try {
            JsonNode ended = await(job, other, SUSPENSION);
            if (!hasEnded(ended)) {
                // It was suspended during a transaction, which blocks all writes of the other process.
                blocked++;
                planned.remove(0);
                return false;
            }
            List<String> taken = takenOver(job, other);
            if (taken.isEmpty()) {
                return false;
            }
            planned.remove(0);
            held += taken.size();
            work.key().ifPresent(key -> anew(other, key));
            Map<String, Map<String, String>> before = new TreeMap<>();
            Map<String, Map<String, String>> replaced = new TreeMap<>();
            for (String prefix : work.prefixes()) {
                before.put(prefix, files(other, prefix));
                taken.forEach(name -> anew(other, prefix + name));
                replaced.put(prefix, files(other, prefix));
                assertThat(replaced.get(prefix).keySet()).containsAll(taken);
            }
            pair.resume();
            replaced.forEach((prefix, files) -> assertThat(differences(files, files(prefix)))
                    .as("files under %s that the resumed process has changed", prefix)
                    .isEmpty());
            work.key()
                    .ifPresent(key -> assertThat(pair.api()
                                    .get(Paths.METADATA + key)
                                    .expect(200)
                                    .json()
                                    .path("size")
                                    .asInt())
                            .as("size of %s after the resumption", key)
                            .isEqualTo(AGAIN));
            before.forEach((prefix, files) -> restore(taken, prefix, files.keySet()));
            return work.key().isPresent();
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
        api.store(key, bytes(AGAIN));
    }

    /** Restores the state that the job left: only some of the files were there. */
    private void restore(List<String> names, String prefix, Set<String> there) {
        Api api = pair.api();
        for (String name : names) {
            if (there.contains(name)) {
                api.store(prefix + name, content(name));
            } else {
                api.delete(Paths.OBJECT + Api.encode(prefix + name)).expect(204);
            }
        }
    }

    /** The settings of a process that can import from the store of the shared service. */
    private Map<String, String> settings() {
        Map<String, String> settings = new HashMap<>(stand.settings(folder));
        stand.settings(folder).forEach((name, value) -> settings.put("IMPORT_OLD_" + name, value));
        settings.put("IMPORT_SOURCES", "old");
        if (stand.outside().isEmpty()) {
            settings.put("IMPORT_OLD_DATA_DIR", stand.folder().resolve("data").toString());
        }
        return settings;
    }

    /** Stores the files that are imported. On S3, all processes share a bucket. */
    private void fillSource() {
        if (stand.outside().isEmpty()) {
            fill(api);
        }
    }

    private void fill(Api filling) {
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
