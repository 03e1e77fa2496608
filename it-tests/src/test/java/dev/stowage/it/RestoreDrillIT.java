package dev.stowage.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.stowage.it.service.Api;
import dev.stowage.it.service.Api.Paths;
import dev.stowage.it.service.DataFolder;
import dev.stowage.it.service.HostedService;
import dev.stowage.it.service.JobClient;
import dev.stowage.it.service.MultipartClient;
import dev.stowage.it.service.RunningService;
import dev.stowage.it.service.ServiceProcess.Ended;
import dev.stowage.it.service.TusUpload;
import dev.stowage.it.store.RunsOn;
import dev.stowage.it.store.StandKind;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The drill and the restore of docs/operating.md, step by step: a backup during jobs and uploads, verified, tried, and restored. */
@RunsOn({StandKind.EMBEDDED, StandKind.S3PROXY})
class RestoreDrillIT extends ServiceSuite {

    private static final int FILES = 30;
    private static final int PART = 5 * 1024 * 1024;
    private static final int LONG = 100_000;
    private static final Duration LIMIT = Duration.ofSeconds(60);

    /** More than end between two looks at one of them. */
    private static final int OPEN_JOBS = 10;

    private static final Set<String> FINAL = Set.of("succeeded", "failed", "skipped");

    @TempDir
    Path folder;

    @TempDir
    Path backups;

    @TempDir
    Path elsewhere;

    @Test
    void backup_duringJobsAndUploads_canBeRestored() throws Exception {
        Assumptions.assumeTrue(stand.database(folder).isEmpty(), "PostgreSQL is backed up with its own tools");
        Path copy = backups.resolve("copy");
        List<MultipartClient> uploads = new ArrayList<>();
        TusUpload tus;
        try (RunningService first = start(Map.of("WORKER_CONCURRENCY", "1"))) {
            Api client = new Api(first.address());
            fill(client);
            for (String name : List.of("drilled", "restored")) {
                MultipartClient upload = MultipartClient.create(client, key(name));
                upload.putMissing(client, List.of(bytes(PART)));
                uploads.add(upload);
            }
            tus = TusUpload.create(client, key("tus"), bytes(100_000));
            tus.send(client, 60_000);

            backUpAmidJobs(client, copy);
            Ended verified = command("backup", "--verify", copy.toString());
            assertThat(verified.exitCode()).as(verified.log()).isZero();
            drill(copy, uploads.get(0));
        }
        DataFolder.delete(folder.resolve("data"));
        DataFolder.copy(copy, folder.resolve("data"));

        // The times of jobs are whole seconds.
        Instant start = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        try (RunningService restored = start(Map.of())) {
            Api client = new Api(restored.address());
            assertThatUploadsGoOn(client, uploads.get(1), tus);
            assertThatJobsEnd(client, start);
            assertThatFilesAreWhole(client);
        }
    }

    private RunningService start(Map<String, String> more) {
        return stand.another(folder, more);
    }

    private void fill(Api client) {
        IntStream.range(0, FILES).parallel().forEach(i -> {
            client.store(key("a/" + i), content(i));
            client.store(key("b/0/" + i), content(i));
        });
    }

    /**
     * Takes the backup while three clients run job after job. One of them submits several before it waits for the first, so that some jobs
     * are running or queued at the time of the backup.
     */
    private void backUpAmidJobs(Api client, Path copy) throws Exception {
        AtomicBoolean done = new AtomicBoolean();
        ExecutorService clients = Executors.newFixedThreadPool(3);
        try {
            List<Future<?>> jobs = List.of(
                    clients.submit(() -> keepCopying(done, client)),
                    clients.submit(() ->
                            repeat(done, round -> run(client, "move", "b/" + round + "/", "b/" + (round + 1) + "/"))),
                    clients.submit(() -> repeat(done, round -> {
                        run(client, "copy", "a/", "c/" + round + "/");
                        run(client, "delete", "c/" + round + "/", "");
                    })));
            awaitJobs(client);
            Ended ended = command("backup", copy.toString());
            done.set(true);
            for (Future<?> job : jobs) {
                job.get();
            }
            assertThat(ended.exitCode()).as(ended.log()).isZero();
            assertThat(ended.log()).contains("Copied to");
        } finally {
            done.set(true);
            clients.shutdown();
        }
    }

    private static Void repeat(AtomicBoolean done, IntConsumer work) {
        for (int round = 0; !done.get() && round < 1000; round++) {
            work.accept(round);
        }
        return null;
    }

    private Void keepCopying(AtomicBoolean done, Api client) {
        Queue<JobClient> open = new ArrayDeque<>();
        for (int round = 0; !done.get() && round < 1000; round++) {
            open.add(submit(client, "copy", "a/", "copies/" + round + "/"));
            if (open.size() == OPEN_JOBS) {
                await(client, open.remove());
            }
        }
        open.forEach(job -> await(client, job));
        return null;
    }

    private void run(Api client, String operation, String source, String target) {
        await(client, submit(client, operation, source, target));
    }

    private JobClient submit(Api client, String operation, String source, String target) {
        Map<String, ?> to = target.isEmpty() ? Map.of() : Map.of("prefix", key(target));
        return JobClient.submit(client, operation, Map.of("prefix", key(source)), to);
    }

    private static void await(Api client, JobClient job) {
        try {
            JsonNode unused = job.await(client, LIMIT);
        } catch (InterruptedException e) {
            throw new IllegalStateException("interrupted", e);
        }
    }

    /** Like the docs describe: a second service, which changes the bucket of the first one only when its clients request it. */
    private void drill(Path copy, MultipartClient upload) throws Exception {
        Path tried = elsewhere.resolve("data");
        DataFolder.copy(copy, tried);
        Map<String, String> settings = Map.of(
                "DATA_DIR",
                tried.toString(),
                "WORKER_ENABLED",
                String.valueOf(stand.outside().isEmpty()));
        try (RunningService second = stand.another(elsewhere, settings)) {
            Api client = new Api(second.address());
            assertThat(client.get(Paths.DOWNLOAD + key("a/0")).body()).isEqualTo(content(0));
            assertThat(client.get(Paths.DOWNLOAD + key("a/1")).body()).isEqualTo(content(1));
            complete(client, upload);
        }
    }

    private void assertThatUploadsGoOn(Api client, MultipartClient upload, TusUpload tus) {
        complete(client, upload);
        assertThat(tus.fetchOffset(client)).isEqualTo(60_000);
        tus.send(client, 40_000);
        assertThat(client.get(Paths.DOWNLOAD + tus.key()).body()).isEqualTo(tus.bytes());
    }

    private static void complete(Api client, MultipartClient upload) {
        assertThat(upload.stored(client)).isEqualTo(upload.acknowledged());
        upload.putMissing(client, List.of(bytes(PART), bytes(1000)));
        assertThat(upload.complete(client).status()).isEqualTo(200);
        byte[] file = client.get(Paths.DOWNLOAD + upload.key()).body();
        assertThat(file).hasSize(PART + 1000).startsWith(bytes(PART)).endsWith(bytes(1000));
    }

    private void assertThatJobsEnd(Api client, Instant start) throws InterruptedException {
        int wereUnderWay = 0;
        for (JsonNode job : jobs(client)) {
            JobClient known = JobClient.of(job.path("id").asText());
            JsonNode ended = known.await(client, LIMIT);
            boolean wasUnderWay =
                    !Instant.parse(ended.path("finished_at").asText()).isBefore(start);
            wereUnderWay += wasUnderWay ? 1 : 0;
            List<JsonNode> items = assertThatEachFileHasOneResult(client, known);
            assertThat(ended.at("/progress/total").asInt()).as(ended.toString()).isEqualTo(items.size());
            if (!mayHaveMovedOn(ended, wasUnderWay)) {
                assertThat(items).as(ended.toString()).hasSize(FILES);
            }
            items.forEach(item -> assertThatItemIsTrue(client, ended, item, wasUnderWay));
        }
        assertThat(wereUnderWay).isPositive();
    }

    /** The bucket contains files that were moved and deleted after the backup; so may the index, which is copied last. */
    private static boolean mayHaveMovedOn(JsonNode job, boolean wasUnderWay) {
        return wasUnderWay && !job.path("operation").asText().equals("copy");
    }

    private static List<JsonNode> assertThatEachFileHasOneResult(Api client, JobClient job) {
        List<JsonNode> items = job.items(client);
        assertThat(items)
                .allMatch(item -> FINAL.contains(item.path("state").asText()))
                .extracting(item -> item.path("key").asText())
                .doesNotHaveDuplicates();
        return items;
    }

    /** Work between the backup and the restore may show up as a missing source, and as nothing else. */
    private static void assertThatItemIsTrue(Api client, JsonNode job, JsonNode item, boolean wasUnderWay) {
        String operation = job.path("operation").asText();
        String key = item.path("key").asText();
        if (mayHaveMovedOn(job, wasUnderWay)) {
            assertThat(client.head(Paths.EXISTS + key).status())
                    .as(item.toString())
                    .isEqualTo(404);
        }
        String state = item.path("state").asText();
        if (!mayHaveMovedOn(job, wasUnderWay) || state.equals("succeeded")) {
            assertThat(state).as(job.toString() + item).isEqualTo("succeeded");
        } else if (operation.equals("move")) {
            assertThat(item.path("error").asText()).as(item.toString()).isEqualTo("FileNotFound");
        } else {
            assertThat(state).as(item.toString()).isEqualTo("skipped");
        }
    }

    /**
     * No file is lost: a moved file exists at one key. The index is copied last, so the last move may be one that the job records do not
     * know, and nothing continues it; its files may also exist at their new key.
     */
    private void assertThatFilesAreWhole(Api client) {
        List<String> names = new ArrayList<>();
        String unrecorded = "b/" + (lastMove(client) + 1) + "/";
        for (JsonNode file : files(client)) {
            String name = file.path("key").asText().substring(key("").length());
            if (name.matches("[abc].*/\\d+")) {
                int number = Integer.parseInt(name.substring(name.lastIndexOf('/') + 1));
                assertThat(client.get(Paths.DOWNLOAD + key(name)).body())
                        .as(name)
                        .isEqualTo(content(number));
                names.add(name.replace(unrecorded, "moved/").replaceFirst("b/\\d+/", "b/"));
            }
        }
        assertThat(names).doesNotHaveDuplicates();
        for (int i = 0; i < FILES; i++) {
            assertThat(names).contains("a/" + i).containsAnyOf("b/" + i, "moved/" + i);
        }
    }

    /** The round to which the last move on record moves. */
    private int lastMove(Api client) {
        return jobs(client).stream()
                .filter(job -> job.path("operation").asText().equals("move"))
                .map(job ->
                        job.at("/target/prefix").asText().substring(key("b/").length()))
                .mapToInt(target -> Integer.parseInt(target.replace("/", "")))
                .max()
                .orElse(0);
    }

    private List<JsonNode> files(Api client) {
        List<JsonNode> files = new ArrayList<>();
        String token = "";
        do {
            JsonNode page =
                    client.get(Paths.LIST + "?prefix=" + key("") + token).json();
            page.path("files").forEach(files::add);
            token = page.path("is_truncated").asBoolean()
                    ? "&continuation_token="
                            + Api.query(page.path("next_continuation_token").asText())
                    : "";
        } while (!token.isEmpty());
        return files;
    }

    private static void awaitJobs(Api client) throws InterruptedException {
        long end = System.nanoTime() + LIMIT.toNanos();
        while (jobs(client).size() < OPEN_JOBS) {
            assertThat(System.nanoTime()).as("jobs were submitted").isLessThan(end);
            TimeUnit.MILLISECONDS.sleep(5);
        }
    }

    private static List<JsonNode> jobs(Api client) {
        List<JsonNode> jobs = new ArrayList<>();
        client.get(Paths.JOBS + "?limit=1000").json().path("jobs").forEach(jobs::add);
        return jobs;
    }

    private Ended command(String... words) {
        return HostedService.run(List.of(words), folder, stand.settings(folder));
    }

    private static byte[] content(int number) {
        return bytes(number % 20 == 0 ? LONG + number : 100 + number);
    }
}
