package dev.stowage.app.statements;

import static dev.stowage.app.statements.CountedNode.LAYOUT;
import static dev.stowage.app.statements.CountedNode.OWNER;
import static dev.stowage.app.statements.CountedNode.POLICY;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stowage.core.batch.JobOperations;
import dev.stowage.core.job.Claim;
import dev.stowage.core.job.ItemResult;
import dev.stowage.core.job.ItemState;
import dev.stowage.core.job.JobId;
import dev.stowage.core.job.JobItem;
import dev.stowage.core.job.JobLimits;
import dev.stowage.core.job.JobOptions;
import dev.stowage.core.job.JobSource;
import dev.stowage.core.job.JobSpec;
import dev.stowage.core.job.JobStatus;
import dev.stowage.core.job.JobTarget;
import dev.stowage.core.job.NewItem;
import dev.stowage.core.key.KeyPrefix;
import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.object.AttributeChanges;
import dev.stowage.core.object.Content;
import dev.stowage.core.object.ContentType;
import dev.stowage.core.observe.Observer;
import dev.stowage.core.port.PutOptions;
import dev.stowage.core.port.records.BatchJobs;
import dev.stowage.worker.job.JobContext;
import dev.stowage.worker.job.JobRunner;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How many statements jobs cost. */
final class JobStatementsTest {

    private static final JobSource PREFIX = new JobSource.Prefix(new KeyPrefix("raw/p1/"));
    private static final JobTarget OTHER_PREFIX = new JobTarget(
            Optional.of(new KeyPrefix("processed/p1/")), Optional.empty(), Optional.empty(), AttributeChanges.NONE);
    private static final JobTarget ARCHIVE = new JobTarget(
            Optional.empty(),
            Optional.empty(),
            Optional.of(new ObjectKey("processed/p1/all.zip")),
            AttributeChanges.NONE);
    private static final JobTarget ATTRIBUTES = new JobTarget(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            new AttributeChanges(Optional.of(new ContentType("text/csv")), Optional.empty(), Map.of()));

    private static final int ITEMS = 5_000;
    private static final Duration MAX_WAIT = Duration.ofMinutes(2);

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"delete", "copy", "move", "verify", "set_metadata", "archive"})
    void item_costsAtMostATwentiethOfAStatement(String operation) {
        try (CountedNode node = CountedNode.onPostgres()) {
            for (int i = 0; i < ITEMS; i++) {
                node.storage.objects().put(key(i), Content.of(new byte[] {1}), PutOptions.DEFAULT);
            }
            List<String> statements = node.statements(() -> {
                JobId job = submit(node, operation, PREFIX);
                try (JobRunner runner = JobRunner.start(context(node), 1)) {
                    runner.wake();
                    awaitEnd(node, job);
                }
                assertThat(status(node, job).progress().succeeded()).isEqualTo(ITEMS);
            });

            assertThat(statements).hasSizeLessThanOrEqualTo(ITEMS / 20);
        }
    }

    @Test
    void submission_ofAPrefix() {
        assertCosts(new Costs(6, 4, 1), node -> () -> submit(node, "delete", PREFIX));
    }

    @Test
    void submission_ofKeys() {
        assertCosts(new Costs(7, 5, 1), node -> () -> submit(node, "delete", keys(1000)));
    }

    @Test
    void pageOfTheSource() {
        assertCosts(new Costs(7, 6, 1), node -> {
            BatchJobs jobs = node.repositories.jobs();
            Claim source = jobs.claimSource(submit(node, "delete", PREFIX), node.clock.instant())
                    .orElseThrow();
            List<NewItem> items = Stream.of(key(1), key(2)).map(NewItem::of).toList();
            return () -> jobs.enumerated(
                    source, BatchJobs.FoundItems.of(items, "next"), JobLimits.DEFAULT, node.clock.instant());
        });
    }

    @Test
    void firstClaim() {
        assertCosts(new Costs(7, 7, 1), node -> {
            JobId job = submit(node, "delete", keys(1000));
            return () -> claim(node, job);
        });
    }

    @Test
    void laterClaim() {
        assertCosts(new Costs(5, 5, 1), node -> {
            JobId job = submit(node, "delete", keys(1000));
            Claim unused = claim(node, job);
            return () -> claim(node, job);
        });
    }

    @Test
    void results() {
        assertCosts(new Costs(4, 4, 1), node -> {
            Claim claim = claim(node, submit(node, "delete", keys(1000)));
            return () -> record(node, claim);
        });
    }

    @Test
    void lastResults() {
        assertCosts(new Costs(7, 7, 1), node -> {
            JobId job = submit(node, "delete", keys(200));
            record(node, claim(node, job));
            Claim last = claim(node, job);
            return () -> record(node, last);
        });
    }

    @Test
    void endOfAClaim() {
        assertCosts(new Costs(3, 3, 1), node -> {
            Claim claim = claim(node, submit(node, "delete", keys(1000)));
            return () -> node.repositories.jobs().giveBack(claim, false, node.clock.instant());
        });
    }

    @Test
    void status() {
        assertCosts(new Costs(1, 1, 0), node -> {
            JobId job = submit(node, "delete", keys(1000));
            return () -> node.services().jobs().get(OWNER, job);
        });
    }

    private void assertCosts(Costs costs, Function<CountedNode, Runnable> prepared) {
        Costs.assertCosts(folder, costs, prepared);
    }

    private static ObjectKey key(int number) {
        return new ObjectKey("raw/p1/" + number);
    }

    private static JobSource keys(int count) {
        return new JobSource.Keys(
                IntStream.range(0, count).mapToObj(JobStatementsTest::key).toList(), count);
    }

    private static JobId submit(CountedNode node, String operation, JobSource source) {
        JobTarget target = switch (operation) {
            case "copy", "move" -> OTHER_PREFIX;
            case "set_metadata" -> ATTRIBUTES;
            case "archive" -> ARCHIVE;
            default -> JobTarget.NONE;
        };
        return node.services()
                .jobs()
                .submit(OWNER, new JobSpec(operation, source, target, JobOptions.DEFAULT), Optional.empty())
                .job()
                .id();
    }

    private static Claim claim(CountedNode node, JobId job) {
        return node.repositories.jobs().claim(job, 100, node.clock.instant()).orElseThrow();
    }

    private static void record(CountedNode node, Claim claim) {
        Instant now = node.clock.instant();
        List<ItemResult> results = claim.items().stream()
                .map(JobItem::number)
                .map(item -> new ItemResult(item, 1, ItemState.SUCCEEDED, 1, Optional.empty(), Optional.empty(), now))
                .toList();
        node.repositories.jobs().record(claim, results, now);
    }

    private static JobContext context(CountedNode node) {
        return new JobContext(
                node.repositories.jobs(),
                node.storage.objects(),
                new JobOperations(node.storage.objects(), LAYOUT, POLICY),
                id -> Optional.of(OWNER),
                JobLimits.DEFAULT,
                Observer.NONE,
                () -> () -> true,
                slowed(node.clock));
    }

    /** A clock by which batches end soon, and so grow, also on a slow machine. */
    private static InstantSource slowed(InstantSource clock) {
        Instant start = clock.instant();
        return () -> start.plus(Duration.between(start, clock.instant()).dividedBy(10));
    }

    private static JobStatus status(CountedNode node, JobId job) {
        return node.uncounted.jobs().find(job).orElseThrow();
    }

    private static void awaitEnd(CountedNode node, JobId job) {
        Instant end = node.clock.instant().plus(MAX_WAIT);
        while (!status(node, job).job().state().isFinished()) {
            assertThat(node.clock.instant()).isBefore(end);
            try {
                Thread.sleep(10);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
