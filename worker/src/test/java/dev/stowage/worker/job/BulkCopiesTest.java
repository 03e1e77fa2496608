package dev.stowage.worker.job;

import static dev.stowage.worker.job.JobBench.keys;
import static dev.stowage.worker.job.JobBench.prefix;
import static dev.stowage.worker.job.JobBench.to;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stowage.core.error.StorageUnavailable;
import dev.stowage.core.job.ItemRecord;
import dev.stowage.core.job.ItemState;
import dev.stowage.core.job.JobId;
import dev.stowage.core.job.JobOptions;
import dev.stowage.core.job.JobState;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Jobs on a store that makes many copies at once. */
class BulkCopiesTest {

    private final JobBench bench = bulk();

    private static JobBench bulk() {
        JobBench bench = new JobBench();
        bench.failing.lacking.clear();
        return bench;
    }

    @ParameterizedTest
    @ValueSource(strings = {"copy", "move"})
    void batch_isCopiedByOneCall(String operation) {
        IntStream.range(0, 20).forEach(i -> bench.put("raw/p/" + i, "x" + i));

        JobId id = bench.submit(operation, prefix("raw/p/"), to("processed/p/"));
        bench.run();

        assertThat(bench.state(id)).isEqualTo(JobState.SUCCEEDED);
        assertThat(bench.failing.bulkCopies).containsExactly(20);
        assertThat(bench.text("processed/p/7")).isEqualTo("x7");
        assertThat(bench.isThere("raw/p/7")).isEqualTo(operation.equals("copy"));
    }

    @Test
    void copy_ofMissingFiles_failsOnlyThose() {
        bench.put("raw/p/a", "A");
        bench.put("raw/p/c", "C");

        JobId id = bench.submit("copy", keys("raw/p/a", "raw/p/b", "raw/p/c"), to("processed/p/"));
        bench.run();

        assertThat(bench.failing.bulkCopies).containsExactly(3);
        assertThat(bench.items(id))
                .extracting(ItemRecord::state)
                .containsExactly(ItemState.SUCCEEDED, ItemState.FAILED, ItemState.SUCCEEDED);
        assertThat(bench.text("processed/p/c")).isEqualTo("C");
    }

    @Test
    void copy_thatStopsOnError_copiesNothingAfterAFailure() {
        bench.put("raw/p/b", "B");

        JobId id = bench.submit(
                "copy",
                keys("raw/p/a", "raw/p/b"),
                to("processed/p/"),
                new JobOptions(false, true, 5, 8, 0, Optional.empty()));
        bench.run();

        assertThat(bench.state(id)).isEqualTo(JobState.FAILED);
        assertThat(bench.isThere("processed/p/b")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"copy", "move"})
    void callThatFails_isFollowedByOneForEachItem(String operation) {
        IntStream.range(0, 3).forEach(i -> bench.put("raw/p/" + i, "x" + i));
        bench.failing.before = (name, key) -> {
            if (name.equals("copyAll") && bench.failing.bulkCopies.size() == 1) {
                throw new StorageUnavailable("away", null);
            }
        };

        JobId id = bench.submit(operation, prefix("raw/p/"), to("processed/p/"));
        bench.run();

        assertThat(bench.failing.bulkCopies).containsExactly(3, 1, 1, 1);
        assertThat(bench.state(id)).isEqualTo(JobState.SUCCEEDED);
        assertThat(bench.items(id)).extracting(ItemRecord::state).containsOnly(ItemState.SUCCEEDED);
        assertThat(bench.text("processed/p/2")).isEqualTo("x2");
    }

    @Nested
    class Operations extends OperationsTest {

        @Override
        JobBench bench() {
            return bulk();
        }
    }

    @Nested
    class Isolation extends ItemIsolationTest {

        @Override
        JobBench bench() {
            return bulk();
        }
    }
}
