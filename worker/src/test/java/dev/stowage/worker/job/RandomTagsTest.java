package dev.stowage.worker.job;

import static dev.stowage.worker.job.JobBench.keys;
import static dev.stowage.worker.job.JobBench.prefix;
import static dev.stowage.worker.job.JobBench.to;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stowage.core.job.ItemRecord;
import dev.stowage.core.job.ItemState;
import dev.stowage.core.job.JobId;
import dev.stowage.core.job.JobState;
import dev.stowage.core.job.JobTarget;
import dev.stowage.core.port.Capability;
import dev.stowage.testkit.Tagging;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Jobs on a store whose ETags are not digests, and differ between a file and its copy. */
class RandomTagsTest {

    private final JobBench bench = new JobBench(Tagging.RANDOM);

    @Test
    void move_succeedsAtTheFirstAttempt() {
        IntStream.range(0, 60).forEach(i -> bench.put("raw/p/" + i, "x" + i));

        JobId id = bench.submit("move", prefix("raw/p/"), to("processed/p/"));
        bench.run();

        assertThat(bench.state(id)).isEqualTo(JobState.SUCCEEDED);
        assertThat(bench.items(id)).allMatch(item -> item.attempts() == 1);
        assertThat(bench.text("processed/p/7")).isEqualTo("x7");
        assertThat(bench.isThere("raw/p/7")).isFalse();
    }

    @Test
    void move_whoseRecordWasLostAfterTheDeletion_countsAsDone() {
        bench.put("raw/p/a", "A");
        bench.failing.after = (call, key) -> {
            if (call.equals("delete")) {
                throw new IllegalStateException("the answer is lost");
            }
        };

        JobId id = bench.submit("move", keys("raw/p/a", "raw/p/none"), to("processed/p/"));
        bench.run();
        bench.pass(Duration.ofSeconds(5));

        assertThat(bench.items(id))
                .extracting(ItemRecord::state)
                .containsExactly(ItemState.SUCCEEDED, ItemState.FAILED);
        assertThat(bench.text("processed/p/a")).isEqualTo("A");
    }

    @Test
    void move_whoseCopyIsReplacedAtOnce_keepsTheSource_andCopiesAgain() {
        bench.put("raw/p/a", "A");
        int[] copies = new int[1];
        bench.failing.after = (call, key) -> {
            if (call.equals("copy") && ++copies[0] == 1) {
                bench.put("processed/p/a", "B");
            }
        };

        JobId id = bench.submit("move", prefix("raw/p/"), to("processed/p/"));
        bench.runFor(Duration.ofMillis(500));
        assertThat(bench.text("raw/p/a")).isEqualTo("A");
        bench.pass(Duration.ofSeconds(5));

        assertThat(bench.state(id)).isEqualTo(JobState.SUCCEEDED);
        assertThat(bench.text("processed/p/a")).isEqualTo("A");
    }

    @Test
    void move_whoseSourceIsReplacedBeforeTheDeletion_movesTheNewVersion() {
        movesTheNewVersion("delete");
    }

    @Test
    void move_withoutConditionalDeletion_checksFirst() {
        bench.failing.lacking.add(Capability.CONDITIONAL_DELETE);
        movesTheNewVersion("copied");
    }

    private void movesTheNewVersion(String when) {
        IntStream.range(0, 3).forEach(i -> bench.put("raw/p/" + i, "x"));
        boolean[] replaced = new boolean[1];
        Runnable replace = () -> {
            if (!replaced[0]) {
                replaced[0] = true;
                bench.put("raw/p/1", "new");
            }
        };
        bench.failing.before = (call, key) -> {
            if (call.equals(when)) {
                replace.run();
            }
        };
        bench.failing.after = (call, key) -> {
            if (call.equals("copy") && when.equals("copied") && key.value().equals("raw/p/2")) {
                replace.run();
            }
        };

        JobId id = bench.submit("move", prefix("raw/p/"), to("processed/p/"));
        bench.run();
        bench.pass(Duration.ofSeconds(5));

        assertThat(replaced[0]).isTrue();
        assertThat(bench.state(id)).isEqualTo(JobState.SUCCEEDED);
        assertThat(bench.items(id)).extracting(ItemRecord::attempts).containsExactly(1, 2, 1);
        assertThat(bench.text("processed/p/1")).isEqualTo("new");
        assertThat(bench.isThere("raw/p/1")).isFalse();
    }

    @Test
    void verify_reportsThatTheTagWasNotCompared() {
        bench.put("raw/p/a", "A");

        JobId id = bench.submit("verify", prefix("raw/p/"), JobTarget.NONE);
        bench.run();

        assertThat(bench.state(id)).isEqualTo(JobState.SUCCEEDED);
        assertThat(bench.items(id).get(0).message())
                .contains("The size matches; the ETag is not a digest of the bytes");
    }

    /** A store that otherwise works like any other. */
    @Nested
    class Operations extends OperationsTest {

        @Override
        JobBench bench() {
            return new JobBench(Tagging.RANDOM);
        }

        @Override
        @Test
        void verify_ofIntactFiles_succeeds() {
            // What it says here is tested above.
        }
    }

    @Nested
    class ArchiveOperation extends ArchiveOperationTest {

        @Override
        JobBench bench() {
            return new JobBench(Tagging.RANDOM);
        }
    }

    @Nested
    class Runner extends JobRunnerTest {

        @Override
        JobBench bench() {
            return new JobBench(Tagging.RANDOM);
        }
    }

    @Nested
    class Isolation extends ItemIsolationTest {

        @Override
        JobBench bench() {
            return new JobBench(Tagging.RANDOM);
        }
    }
}
