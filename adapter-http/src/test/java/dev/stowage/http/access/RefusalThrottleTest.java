package dev.stowage.http.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RefusalThrottleTest {

    private static final int PER_SECOND = 20;

    private final AtomicLong nanoTime = new AtomicLong();
    private final RefusalThrottle refusals = new RefusalThrottle(PER_SECOND, nanoTime::get);

    @Test
    void firstOnesOfASecond_areAsUsual_theOthersAreCounted() {
        assertThat(first(10_000)).isEqualTo(PER_SECOND);
        assertThat(refusals.takeOthers()).isEqualTo(10_000 - PER_SECOND);
        assertThat(refusals.takeOthers()).isZero();
    }

    @Test
    void eachSecond_hasFirstOnesOfItsOwn() {
        first(10_000);
        nanoTime.addAndGet(TimeUnit.SECONDS.toNanos(1));

        assertThat(first(10)).isEqualTo(10);
    }

    private long first(int requests) {
        return IntStream.range(0, requests)
                .filter(request -> refusals.isAmongFirst())
                .count();
    }
}
