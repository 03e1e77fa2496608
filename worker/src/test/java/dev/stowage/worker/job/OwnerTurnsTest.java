package dev.stowage.worker.job;

import static dev.stowage.worker.job.Workshop.keys;
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

/** Many jobs of one owner don't keep another's waiting. */
class OwnerTurnsTest {

    private static final JobOptions URGENT = new JobOptions(false, false, 5, 8, 100, Optional.empty());

    private final Workshop workshop = new Workshop();

    @Test
    void jobOfAnotherOwner_isDoneAmongTheFirst_howeverManyThereAre() {
        List<String> order = new ArrayList<>();
        workshop.failing.before = (call, key) -> {
            if (call.equals("delete")) {
                order.add(key.value());
            }
        };
        workshop.asOwner(Principal.of("many", "many", Rights.ALL));
        for (int i = 0; i < 205; i++) {
            workshop.put("raw/p/" + i, "x");
            JobId unused = workshop.submit("delete", keys("raw/p/" + i), JobTarget.NONE, URGENT);
        }
        workshop.asOwner(Principal.of("few", "few", Rights.ALL));
        workshop.put("raw/q/a", "x");
        JobId other = workshop.submit("delete", keys("raw/q/a"), JobTarget.NONE);

        workshop.run();
        workshop.pass(Duration.ofMinutes(1));

        assertThat(workshop.state(other)).isEqualTo(JobState.SUCCEEDED);
        assertThat(order).hasSize(206);
        assertThat(order.indexOf("raw/q/a")).isLessThan(3);
    }
}
