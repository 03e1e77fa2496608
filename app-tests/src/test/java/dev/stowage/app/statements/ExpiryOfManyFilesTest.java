package dev.stowage.app.statements;

import static dev.stowage.app.statements.CountedNode.LAYOUT;
import static dev.stowage.app.statements.CountedNode.OWNER;
import static dev.stowage.app.statements.CountedNode.POLICY;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stowage.app.statements.CountedCalls.Calls;
import dev.stowage.core.batch.JobOperations;
import dev.stowage.core.config.Settings;
import dev.stowage.core.eventlog.EventPublisher;
import dev.stowage.core.expiry.FileExpiry;
import dev.stowage.core.job.JobId;
import dev.stowage.core.job.JobLimits;
import dev.stowage.core.job.JobOptions;
import dev.stowage.core.job.JobSource;
import dev.stowage.core.job.JobSpec;
import dev.stowage.core.job.JobStatus;
import dev.stowage.core.job.JobTarget;
import dev.stowage.core.key.KeyPrefix;
import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.lifecycle.LifecycleRule;
import dev.stowage.core.object.Content;
import dev.stowage.core.observe.Observer;
import dev.stowage.core.port.PutOptions;
import dev.stowage.core.port.Storage;
import dev.stowage.core.port.StorageOpener.Environment;
import dev.stowage.core.port.records.ExpiryRecords;
import dev.stowage.local.LocalStorageProvider;
import dev.stowage.worker.job.JobContext;
import dev.stowage.worker.job.JobRunner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Expiry of some of many files on the embedded store. {@code it-tests/heavy-expiry} runs it with a million files, and prints what it
 * measured: the rates of the expiry and of a delete job of as many files.
 */
final class ExpiryOfManyFilesTest {

    private static final int FILES = Integer.getInteger("stowage.expiry.files", 3_000);

    /** How many of them are due, and how many others a job deletes; even. */
    private static final int DUE = Integer.getInteger("stowage.expiry.due", 1_400);

    private static final Path REPORT = Path.of("target", "expiry.txt");
    private static final String EXPIRING = "raw/expiring/";
    private static final String DELETED = "raw/deleted/";
    private static final String KEPT = "raw/kept/";
    private static final int PUBLISHED_AT_ONCE = 10_000;
    private static final int CLIENTS = 16;

    private static final int WORKERS = 8;

    /** As the worker has. */
    private static final int CONCURRENCY = 2 * WORKERS;

    /** As in {@code ExpireFiles}. */
    private static final int MIN_BATCH = 100;

    private static final int MAX_LISTS = 10;
    private static final Duration MAX_WAIT = Duration.ofMinutes(10);

    @TempDir
    private Path folder;

    private final ExecutorService threads = Executors.newFixedThreadPool(CLIENTS);

    @AfterEach
    void stop() {
        threads.shutdownNow();
    }

    @Test
    void expiry_ofSomeOfManyFiles_listsNothing() throws Exception {
        Environment environment = new Environment(folder, InstantSource.system());
        try (Storage storage = new LocalStorageProvider()
                        .configure(new Settings(Map.of()))
                        .open(environment);
                CountedNode node = CountedNode.onSqlite(folder)) {
            CountedCalls store = new CountedCalls(storage.objects());
            setRules(node, storage);
            long began = System.nanoTime();
            fill(node, storage);
            report("%d files stored and recorded".formatted(FILES), FILES, began);

            // In two halves each, so that other work on the machine slows down both.
            for (int half = 0; half < 2; half++) {
                expire(node, store, half);
                deleteByJob(node, storage, half);
            }

            assertThat(storage.objects().stat(new ObjectKey(KEPT + "last"))).isPresent();
        }
    }

    private void setRules(CountedNode node, Storage storage) {
        node.services(storage)
                .lifecycle()
                .replace(
                        OWNER,
                        List.of(rule(EXPIRING + "0/", 1), rule(EXPIRING + "1/", 2), rule(DELETED, 30), rule(KEPT, 30)),
                        current -> true);
        FileExpiry expiry = expiry(node, new CountedCalls(storage.objects()), node.clock);
        while (expiry.scanPage()) {
            // No file is older than the rules.
        }
    }

    private static LifecycleRule rule(String prefix, int days) {
        return new LifecycleRule(
                "days", new KeyPrefix(prefix), Optional.empty(), Duration.ofDays(days), Optional.empty());
    }

    /** Stores all files, and publishes their events, as the service does every two seconds. */
    private void fill(CountedNode node, Storage storage) throws Exception {
        EventPublisher publisher =
                new EventPublisher(node.repositories.events(), storage.journal(), node.repositories.expiry());
        for (int from = 0; from < FILES; from += PUBLISHED_AT_ONCE) {
            put(storage, from, Math.min(FILES, from + PUBLISHED_AT_ONCE));
            while (publisher.publish()) {
                // More than one call publishes.
            }
        }
    }

    private void put(Storage storage, int from, int to) throws Exception {
        List<Callable<Void>> tasks = new ArrayList<>();
        for (int client = 0; client < CLIENTS; client++) {
            int first = from + client;
            tasks.add(() -> {
                for (int i = first; i < to; i += CLIENTS) {
                    storage.objects().put(key(i), Content.of(new byte[] {1}), PutOptions.DEFAULT);
                }
                return null;
            });
        }
        for (Future<Void> done : threads.invokeAll(tasks)) {
            done.get();
        }
    }

    private static ObjectKey key(int number) {
        if (number < 2 * DUE) {
            return new ObjectKey((number < DUE ? EXPIRING : DELETED) + number % 2 + "/" + number);
        }
        return new ObjectKey(KEPT + (number == FILES - 1 ? "last" : number));
    }

    private void expire(CountedNode node, CountedCalls store, int half) throws IOException {
        InstantSource later =
                InstantSource.offset(node.clock, Duration.ofDays(half + 1).plusHours(1));
        FileExpiry expiry = expiry(node, store, later);
        Calls before = store.calls();
        int commitsBefore = node.commits();
        long began = System.nanoTime();
        int[] expired = {0};
        // As the worker does.
        List<String> statements = node.statements(() -> {
            boolean more = true;
            while (more) {
                boolean due = expiry.expireDue(batch -> expired[0] += batch.files());
                more = expiry.scanPage() || due;
            }
        });
        report("expiry", DUE / 2, began);
        Calls after = store.calls();
        int commits = node.commits() - commitsBefore;
        report("%d pages listed, %d properties read, %d deletions, %d statements and %d commits"
                .formatted(
                        after.lists() - before.lists(),
                        after.stats() - before.stats(),
                        after.deletions() - before.deletions(),
                        statements.size(),
                        commits));

        int files = DUE / 2;
        int batches =
                files / ExpiryRecords.MAX_DUE * batches(ExpiryRecords.MAX_DUE) + batches(files % ExpiryRecords.MAX_DUE);
        assertThat(expired[0]).isEqualTo(files);
        assertThat(after.lists()).isEqualTo(before.lists());
        assertThat(after.stats() - before.stats()).isEqualTo(files);
        assertThat(after.deletions() - before.deletions()).isEqualTo(batches);
        // Of each batch: the rules, and what is forgotten.
        assertThat(commits).isEqualTo(batches);
        assertThat(statements).hasSize(2 * batches + looks(files));
    }

    /** How many batches a list of due files has. */
    private static int batches(int due) {
        int share = (due + CONCURRENCY - 1) / CONCURRENCY;
        int size = Math.max(MIN_BATCH, share);
        return (due + size - 1) / size;
    }

    /** How many statements find out what is due, and, after each call, whether there is a scan. The last call finds nothing. */
    private static int looks(int due) {
        int full = due / ExpiryRecords.MAX_DUE;
        boolean rest = due % (MAX_LISTS * ExpiryRecords.MAX_DUE) > 0;
        int calls = full / MAX_LISTS + (rest ? 1 : 0) + 1;
        return full + 1 + (rest ? 1 : 0) + calls;
    }

    private FileExpiry expiry(CountedNode node, CountedCalls store, InstantSource clock) {
        return new FileExpiry(store, node.repositories.expiry(), id -> Optional.of(OWNER), POLICY, CONCURRENCY, clock);
    }

    private static void deleteByJob(CountedNode node, Storage storage, int half) throws Exception {
        long began = System.nanoTime();
        JobSource source = new JobSource.Prefix(new KeyPrefix(DELETED + half + "/"));
        JobId job = node.services(storage)
                .jobs()
                .submit(OWNER, new JobSpec("delete", source, JobTarget.NONE, JobOptions.DEFAULT), Optional.empty())
                .job()
                .id();
        try (JobRunner runner = JobRunner.start(context(node, storage), WORKERS)) {
            runner.wake();
            while (!status(node, job).job().state().isFinished()) {
                assertThat(System.nanoTime() - began).isLessThan(MAX_WAIT.toNanos());
                Thread.sleep(5);
            }
            report("delete job", DUE / 2, began);
        }
        assertThat(status(node, job).progress().succeeded()).isEqualTo(DUE / 2);
    }

    private static JobStatus status(CountedNode node, JobId job) {
        return node.uncounted.jobs().find(job).orElseThrow();
    }

    private static JobContext context(CountedNode node, Storage storage) {
        return new JobContext(
                node.repositories.jobs(),
                storage.objects(),
                new JobOperations(storage.objects(), LAYOUT, POLICY),
                id -> Optional.of(OWNER),
                JobLimits.DEFAULT,
                Observer.NONE,
                () -> () -> true,
                node.clock);
    }

    private static void report(String what, int files, long began) throws IOException {
        double seconds = (System.nanoTime() - began) / 1e9;
        report("%s: %d files in %.1f s, %.0f files/s".formatted(what, files, seconds, files / seconds));
    }

    private static void report(String line) throws IOException {
        Files.writeString(REPORT, line + System.lineSeparator(), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }
}
