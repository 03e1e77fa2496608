package dev.stowage.worker.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

final class ReceiverSlotsTest {

    private static final Duration SHORT = Duration.ofMillis(10);
    private static final Duration LONG = Duration.ofSeconds(10);

    private final ReceiverSlots slots = new ReceiverSlots();

    @Test
    void take_givesEachItsShare() {
        assertThat(slots.take("a")).isEqualTo(ReceiverSlots.EACH);
        assertThat(slots.take("a")).isZero();
        assertThat(slots.take("b")).isEqualTo(ReceiverSlots.EACH);

        slots.leave("a", 3);
        assertThat(slots.take("a")).isEqualTo(3);
        slots.leave("a", true, SHORT);
        assertThat(slots.take("a")).isEqualTo(1);
    }

    @Test
    void slowAndFailingReceivers_getFewer_untilTheyAreFast() {
        slots.leave("a", slots.take("a") - 1);
        slots.leave("a", true, LONG);
        assertThat(slots.take("a")).isEqualTo(ReceiverSlots.SLOW_EACH);

        slots.leave("a", true, SHORT);
        assertThat(slots.take("a")).isEqualTo(ReceiverSlots.EACH - 1);
    }

    @Test
    void slowReceivers_leaveSlotsToOthers() {
        int taken = 0;
        for (int i = 0; i < 100; i++) {
            String id = "slow" + i;
            slots.leave(id, slots.take(id) - 1);
            slots.leave(id, false, SHORT);
            taken += slots.take(id);
        }

        assertThat(taken).isEqualTo(ReceiverSlots.ALL / 2);
        for (int i = 0; i < 4; i++) {
            assertThat(slots.take("fast" + i)).isEqualTo(ReceiverSlots.EACH);
        }
        assertThat(slots.take("last")).isZero();
    }
}
