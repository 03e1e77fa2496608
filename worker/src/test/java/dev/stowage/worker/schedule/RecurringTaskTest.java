package dev.stowage.worker.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stowage.core.error.StorageUnavailable;
import dev.stowage.testkit.TestClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RecurringTaskTest {

    private final TestClock clock = new TestClock();
    private final ManualScheduler scheduler = new ManualScheduler(clock);
    private final CapturedLog log = new CapturedLog(RecurringTask.class);
    private final Instant start = clock.instant();
    private final List<Long> runs = new ArrayList<>();
    private @Nullable Error error;
    private boolean failing;

    @AfterEach
    void closeLog() {
        log.close();
    }

    @Test
    void run_isRepeated_afterEveryInterval() {
        task(Duration.ofSeconds(60)).start(Duration.ofSeconds(7));

        scheduler.pass(Duration.ofSeconds(200));

        assertThat(runs).containsExactly(7L, 67L, 127L, 187L);
        assertThat(log.lines()).isEmpty();
    }

    @Test
    void run_thatFails_isRepeated_afterPausesThatDoubleUpToAnHour() {
        failing = true;
        task(Duration.ofMinutes(10)).start(Duration.ZERO);

        scheduler.pass(Duration.ofHours(3));

        assertThat(runs).containsExactly(0L, 1200L, 3600L, 7200L, 10800L);
    }

    @Test
    void run_thatFails_withAnIntervalOverAnHour_isRepeatedAfterTheInterval() {
        failing = true;
        task(Duration.ofHours(2)).start(Duration.ZERO);

        scheduler.pass(Duration.ofHours(4));

        assertThat(runs).containsExactly(0L, 7200L, 14400L);
    }

    @Test
    void run_thatFails_isLoggedOnce() {
        failing = true;
        task(Duration.ofMinutes(5)).start(Duration.ZERO);

        scheduler.pass(Duration.ofMinutes(10));

        assertThat(log.lines())
                .containsExactly(
                        "WARN Counting failed; the next attempt is in 600 s failure=\"The store is away\" cause=\"\"",
                        "WARN Counting failed; the next attempt is in 1200 s failure=\"The store is away\" cause=\"\"");
    }

    @Test
    void run_thatSucceedsAgain_isRepeatedAfterTheUsualInterval() {
        failing = true;
        task(Duration.ofMinutes(1)).start(Duration.ZERO);
        scheduler.pass(Duration.ofMinutes(6));
        failing = false;

        scheduler.pass(Duration.ofMinutes(10));

        assertThat(runs).containsExactly(0L, 120L, 360L, 840L, 900L, 960L);
    }

    @Test
    void run_thatEndsInAnError_isRepeated() {
        error = new StackOverflowError();
        task(Duration.ofMinutes(1)).start(Duration.ZERO);

        scheduler.pass(Duration.ofMinutes(2));

        assertThat(runs).containsExactly(0L, 120L);
    }

    @Test
    void interruptedRun_isTheLast_andNotAFailure() {
        failing = true;
        task(Duration.ofMinutes(1)).start(Duration.ZERO);

        Thread.currentThread().interrupt();
        scheduler.pass(Duration.ofMinutes(5));

        assertThat(Thread.interrupted()).isTrue();
        assertThat(runs).containsExactly(0L);
        assertThat(log.lines()).isEmpty();
    }

    private RecurringTask task(Duration interval) {
        return new RecurringTask("Counting", this::count, interval, scheduler);
    }

    private void count() {
        runs.add(Duration.between(start, clock.instant()).toSeconds());
        if (error != null) {
            throw error;
        }
        if (failing) {
            throw new StorageUnavailable("The store is away", null);
        }
    }
}
