package dev.stowage.http.slow;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class StallBudgetTest {

    private final StallBudget budget = new StallBudget(240);

    @Test
    void waiting_spendsIt() {
        note(10, 0);
        note(5, 0);

        assertThat(budget.spent()).isEqualTo(seconds(15));
    }

    @Test
    void bytes_bringItBack() {
        note(10, 0);
        note(0, 240 * 4);

        assertThat(budget.spent()).isEqualTo(seconds(6));
    }

    @Test
    void trickle_spendsNearlyAll() {
        for (int second = 0; second < 60; second++) {
            note(1, 1);
        }

        assertThat(budget.spent()).isBetween(seconds(59), seconds(60));
    }

    @Test
    void twoKilobytesASecond_spendNothing() {
        for (int second = 0; second < 3_600; second++) {
            note(1, 2_000);
        }

        assertThat(budget.spent()).isZero();
    }

    @Test
    void burst_isNoCreditForLater() {
        note(0, 1L << 40);
        note(10, 0);

        assertThat(budget.spent()).isEqualTo(seconds(10));
    }

    private void note(long seconds, long bytes) {
        budget.record(seconds(seconds), bytes);
    }

    private static long seconds(long seconds) {
        return Duration.ofSeconds(seconds).toNanos();
    }
}
