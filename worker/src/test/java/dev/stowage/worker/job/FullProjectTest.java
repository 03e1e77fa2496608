package dev.stowage.worker.job;

import static dev.stowage.worker.job.JobBench.prefix;
import static dev.stowage.worker.job.JobBench.to;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stowage.core.error.QuotaExceeded;
import dev.stowage.core.job.ItemRecord;
import dev.stowage.core.job.ItemState;
import dev.stowage.core.job.JobId;
import dev.stowage.core.job.JobState;
import dev.stowage.core.key.KeyPrefix;
import dev.stowage.core.port.ListQuery;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Moves in projects whose quota is used up. */
class FullProjectTest {

    private final JobBench bench = new JobBench();

    @Test
    void move_inAProjectWithRoomForOneMove_movesOneFileAfterTheOther() {
        IntStream.range(0, 3).forEach(i -> bench.put("raw/p/" + i, "x"));
        bench.failing.before = (call, key) -> {
            if (call.equals("copy")
                    && bench.store.list(ListQuery.of(KeyPrefix.ALL)).objects().size() > 3) {
                throw new QuotaExceeded("p", 4, 3);
            }
        };

        JobId id = bench.submit("move", prefix("raw/p/"), to("processed/p/"));
        bench.run();

        assertThat(bench.state(id)).isEqualTo(JobState.SUCCEEDED);
        assertThat(bench.isThere("raw/p/2")).isFalse();
        assertThat(bench.text("processed/p/2")).isEqualTo("x");
    }

    @Test
    void move_intoAFullProject_fails() {
        bench.put("raw/p/a", "x");
        bench.failing.before = (call, key) -> {
            if (call.equals("copy")) {
                throw new QuotaExceeded("q", 3, 3);
            }
        };

        JobId id = bench.submit("move", prefix("raw/p/"), to("processed/q/"));
        bench.run();

        assertThat(bench.items(id)).extracting(ItemRecord::state).containsExactly(ItemState.FAILED);
        assertThat(bench.isThere("raw/p/a")).isTrue();
    }
}
