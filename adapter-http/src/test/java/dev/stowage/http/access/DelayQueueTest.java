package dev.stowage.http.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class DelayQueueTest {

    private final AtomicLong nanoTime = new AtomicLong(Long.MAX_VALUE - 5);
    private final DelayQueue times = new DelayQueue(nanoTime::get);

    @Test
    void first_waitsAMoment_andEachFurtherOneLonger() {
        assertThat(times.next()).isEqualTo(DelayQueue.SHORTEST);
        assertThat(times.next()).isEqualTo(DelayQueue.SHORTEST.plus(DelayQueue.STEP));
        assertThat(times.next()).isEqualTo(DelayQueue.SHORTEST.plus(DelayQueue.STEP.multipliedBy(2)));
    }

    @Test
    void waits_areShortAgain_whenTheOthersAreAnswered() {
        many(1000);
        nanoTime.addAndGet(Duration.ofSeconds(4).toNanos());

        assertThat(times.next()).isEqualTo(DelayQueue.SHORTEST);
    }

    @Test
    void nobody_waitsForEver() {
        many(100_000);

        assertThat(times.next()).isEqualTo(DelayQueue.LONGEST);
    }

    private void many(int requests) {
        for (int i = 0; i < requests; i++) {
            Duration unused = times.next();
        }
    }
}
