package dev.stowage.worker.job;

import static dev.stowage.worker.job.JobBench.keys;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stowage.core.access.Principal;
import dev.stowage.core.access.Rights;
import dev.stowage.core.job.JobId;
import dev.stowage.core.job.JobOptions;
import dev.stowage.core.job.JobState;
import dev.stowage.core.job.JobTarget;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Many jobs of one owner don't delay those of another. */
class OwnerTurnsTest {

    private static final JobOptions URGENT = new JobOptions(false, false, 5, 8, 100, Optional.empty());

    private final JobBench bench = new JobBench();

    @Test
    void jobOfAnotherOwner_isAmongTheFirst_withAnyNumberOfJobs() {
        List<String> order = new ArrayList<>();
        bench.failing.before = (call, key) -> {
            if (call.equals("delete")) {
                order.add(key.value());
            }
        };
        bench.asOwner(Principal.of("many", "many", Rights.ALL));
        for (int i = 0; i < 205; i++) {
            bench.put("raw/p/" + i, "x");
            JobId unused = bench.submit("delete", keys("raw/p/" + i), JobTarget.NONE, URGENT);
        }
        bench.asOwner(Principal.of("few", "few", Rights.ALL));
        bench.put("raw/q/a", "x");
        JobId other = bench.submit("delete", keys("raw/q/a"), JobTarget.NONE);

        bench.run();
        bench.pass(Duration.ofMinutes(1));

        assertThat(bench.state(other)).isEqualTo(JobState.SUCCEEDED);
        assertThat(order).hasSize(206);
        assertThat(order.indexOf("raw/q/a")).isLessThan(3);
    }
}
