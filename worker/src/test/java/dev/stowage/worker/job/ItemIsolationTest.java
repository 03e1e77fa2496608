package dev.stowage.worker.job;

import static dev.stowage.worker.job.JobBench.into;
import static dev.stowage.worker.job.JobBench.keys;
import static dev.stowage.worker.job.JobBench.manifest;
import static dev.stowage.worker.job.JobBench.prefix;
import static dev.stowage.worker.job.JobBench.to;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stowage.core.error.StorageRejected;
import dev.stowage.core.error.StorageUnavailable;
import dev.stowage.core.job.ItemRecord;
import dev.stowage.core.job.ItemState;
import dev.stowage.core.job.JobId;
import dev.stowage.core.job.JobOptions;
import dev.stowage.core.job.JobState;
import dev.stowage.core.job.JobTarget;
import dev.stowage.core.key.KeyPrefix;
import dev.stowage.core.object.AttributeChanges;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A failure of one item does not affect the others. */
class ItemIsolationTest {

    private static final String LONG = "raw/p/" + "m".repeat(1000);

    final JobBench bench = bench();

    JobBench bench() {
        return new JobBench();
    }

    @ParameterizedTest
    @CsvSource({"copy, false", "move, false", "copy, true", "move, true"})
    void tooLongTargetKey_failsOnlyItsItem(String operation, boolean dryRun) {
        bench.put("raw/p/a", "A");
        bench.put(LONG, "L");
        bench.put("raw/p/z", "Z");

        JobId id = bench.submit(
                operation,
                prefix("raw/p/"),
                to("processed/a-longer-name-than-before/"),
                new JobOptions(dryRun, false, 5, 8, 0, Optional.empty()));
        bench.run();

        assertThat(states(id))
                .isEqualTo(
                        Map.of("raw/p/a", ItemState.SUCCEEDED, LONG, ItemState.FAILED, "raw/p/z", ItemState.SUCCEEDED));
        assertThat(bench.isThere("raw/p/z")).isEqualTo(dryRun || operation.equals("copy"));
        assertThat(bench.isThere("processed/a-longer-name-than-before/z")).isEqualTo(!dryRun);
        assertThat(bench.isThere(LONG)).isTrue();
    }

    @Test
    void retry_runsOnlyTheFailedItem() {
        bench.put("raw/p/a", "A");
        bench.put(LONG, "L");
        JobId id = bench.submit("copy", prefix("raw/p/"), to("processed/a-longer-name-than-before/"));
        bench.run();

        bench.retry(id);
        bench.pass(Duration.ofSeconds(5));

        assertThat(states(id)).isEqualTo(Map.of("raw/p/a", ItemState.SUCCEEDED, LONG, ItemState.FAILED));
        assertThat(bench.state(id)).isEqualTo(JobState.PARTIALLY_FAILED);
    }

    @Test
    void manifestLineOutsideStripPrefix_failsOnlyItsItem() {
        bench.put("raw/p/s/a", "A");
        bench.put("raw/p/t/b", "B");
        bench.put("raw/p/s/c", "C");
        bench.put("raw/m/list.ndjson", "\"raw/p/s/a\"\n\"raw/p/t/b\"\n\"raw/p/s/c\"\n");

        JobId id = bench.submit("copy", manifest("raw/m/list.ndjson"), stripping("raw/p/s/"));
        bench.run();

        assertThat(states(id))
                .isEqualTo(Map.of(
                        "raw/p/s/a", ItemState.SUCCEEDED,
                        "raw/p/t/b", ItemState.FAILED,
                        "raw/p/s/c", ItemState.SUCCEEDED));
    }

    @Test
    void requestKeyOutsideStripPrefix_failsOnlyItsItem() {
        bench.put("raw/p/s/a", "A");
        bench.put("raw/p/t/b", "B");

        JobId id = bench.submit("copy", keys("raw/p/s/a", "raw/p/t/b"), stripping("raw/p/s/"));
        bench.run();

        assertThat(states(id)).isEqualTo(Map.of("raw/p/s/a", ItemState.SUCCEEDED, "raw/p/t/b", ItemState.FAILED));
    }

    @Test
    void fileWhoseKeyIsThePrefix_failsOnlyItsItem() {
        bench.put("raw/p/doc", "D");
        bench.put("raw/p/doc.bak", "B");

        JobId id = bench.submit("move", prefix("raw/p/doc"), to("processed/p/"));
        bench.run();

        assertThat(states(id)).isEqualTo(Map.of("raw/p/doc", ItemState.FAILED, "raw/p/doc.bak", ItemState.SUCCEEDED));
        assertThat(bench.text("processed/p/.bak")).isEqualTo("B");
    }

    @ParameterizedTest
    @ValueSource(strings = {"copy", "stat", "delete"})
    void defectAtOneItemOfAMove_doesNotAffectOthers(String call) {
        IntStream.range(0, 60).forEach(i -> bench.put("raw/p/" + i, "x"));
        bench.failing.before = (name, key) -> {
            if (name.equals(call) && key.value().equals("raw/p/30")) {
                throw new IllegalStateException("a defect");
            }
        };

        JobId id = bench.submit("move", prefix("raw/p/"), to("processed/p/"));
        bench.run();
        bench.pass(Duration.ofMinutes(2));

        assertThat(states(id)).hasSize(60).containsEntry("raw/p/30", ItemState.FAILED);
        assertThat(bench.status(id).progress().succeeded()).isEqualTo(59);
        assertThat(bench.isThere("raw/p/30")).isTrue();
        assertThat(bench.isThere("raw/p/29")).isFalse();
        assertThat(bench.isThere("raw/p/31")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 9 << 20})
    void unreadableFile_isSkippedByAnArchive_afterItsAttempts(int size) {
        bench.put("raw/p/a", "A");
        bench.put("raw/p/broken", "b".repeat(size));
        bench.put("raw/p/z", "Z");
        int[] reads = new int[1];
        bench.failing.before = (name, key) -> {
            // Of the large one, the first bytes can be read.
            if (name.equals("read") && key.value().equals("raw/p/broken") && (size == 1 || ++reads[0] % 4 != 1)) {
                throw new StorageUnavailable("away", null);
            }
        };

        JobId id = bench.submit("archive", prefix("raw/p/"), into("raw/q/all.zip"));
        bench.run();
        assertThat(bench.state(id)).isEqualTo(JobState.RUNNING);
        bench.pass(Duration.ofMinutes(2));

        assertThat(bench.state(id)).isEqualTo(JobState.PARTIALLY_FAILED);
        assertThat(states(id))
                .isEqualTo(Map.of(
                        "raw/p/a", ItemState.SUCCEEDED,
                        "raw/p/broken", ItemState.FAILED,
                        "raw/p/z", ItemState.SUCCEEDED));
        assertThat(bench.isThere("raw/q/all.zip")).isTrue();
    }

    @Test
    void fileReplacedDuringTheArchive_isArchivedAgain() {
        bench.put("raw/p/a", "a".repeat(5 << 20));
        int[] reads = new int[1];
        bench.failing.before = (name, key) -> {
            if (name.equals("read") && ++reads[0] == 2) {
                bench.put("raw/p/a", "new");
            }
        };

        JobId id = bench.submit("archive", prefix("raw/p/"), into("raw/q/all.zip"));
        bench.run();
        bench.pass(Duration.ofSeconds(5));

        assertThat(bench.state(id)).isEqualTo(JobState.SUCCEEDED);
        assertThat(bench.status(id).progress().bytes()).isEqualTo(3);
    }

    @Test
    void refusedBatchDeletion_isTriedKeyByKey() {
        IntStream.range(0, 10).forEach(i -> bench.put("raw/p/" + i, "x"));
        bench.failing.before = (name, key) -> {
            if (name.equals("delete") && key.value().equals("raw/p/3")) {
                throw new StorageRejected("not that one", null);
            }
        };

        JobId id = bench.submit("delete", prefix("raw/p/"), JobTarget.NONE);
        bench.run();

        assertThat(states(id)).containsEntry("raw/p/3", ItemState.FAILED);
        assertThat(bench.status(id).progress().succeeded()).isEqualTo(9);
    }

    @Test
    void onErrorStop_keepsEarlierResults() {
        bench.put("raw/p/a", "A");
        bench.put(LONG, "L");
        bench.put("raw/p/z", "Z");
        JobOptions stop = new JobOptions(false, true, 5, 1, 0, Optional.empty());

        JobId id = bench.submit("move", prefix("raw/p/"), to("processed/a-longer-name-than-before/"), stop);
        bench.run();

        assertThat(bench.state(id)).isEqualTo(JobState.FAILED);
        assertThat(states(id))
                .isEqualTo(
                        Map.of("raw/p/a", ItemState.SUCCEEDED, LONG, ItemState.FAILED, "raw/p/z", ItemState.PENDING));
        assertThat(bench.isThere("raw/p/a")).isFalse();
        assertThat(bench.isThere("raw/p/z")).isTrue();
    }

    @Test
    void unreachableFiles_areRetriedAtTheDocumentedTimes_whileTheStoreAnswers() {
        Map<String, List<Duration>> attempts = new HashMap<>();
        Instant start = bench.clock.instant();
        IntStream.range(0, 20).forEach(i -> bench.put("raw/p/" + i, "x"));
        bench.failing.before = (name, key) -> {
            if (name.equals("copy")) {
                attempts.computeIfAbsent(key.value(), unused -> new ArrayList<>())
                        .add(Duration.between(start, bench.clock.instant()));
                throw new StorageUnavailable("away", null);
            }
        };

        JobId id = bench.submit("copy", prefix("raw/p/"), to("processed/p/"));
        bench.run();
        bench.pass(Duration.ofMinutes(2));

        assertThat(bench.state(id)).isEqualTo(JobState.FAILED);
        assertThat(attempts).hasSize(20);
        assertThat(attempts.values()).allSatisfy(times -> {
            assertThat(times).hasSize(5);
            assertPause(times, 1, 1);
            assertPause(times, 2, 3);
            assertPause(times, 3, 9);
            assertPause(times, 4, 27);
        });
    }

    /** With a tolerance for the jitter of a quarter, and up to a second until the next poll. */
    private static void assertPause(List<Duration> times, int attempt, int seconds) {
        assertThat(times.get(attempt).minus(times.get(attempt - 1)))
                .isBetween(Duration.ofMillis(750L * seconds), Duration.ofMillis(1250L * seconds + 1000));
    }

    private Map<String, ItemState> states(JobId id) {
        return bench.items(id).stream().collect(Collectors.toMap(ItemRecord::key, ItemRecord::state));
    }

    private static JobTarget stripping(String strip) {
        return new JobTarget(
                Optional.of(new KeyPrefix("processed/p/")),
                Optional.of(new KeyPrefix(strip)),
                Optional.empty(),
                AttributeChanges.NONE);
    }
}
