package dev.stowage.http.trace;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RefusalsTest {

    private final AtomicLong nanoTime = new AtomicLong();
    private final Refusals refusals = new Refusals(nanoTime::get);

    @Test
    void firstOnesOfASecond_areWorthALine_theOthersAreCounted() {
        assertThat(lines(10_000)).isEqualTo(Refusals.LINES_PER_SECOND);
        assertThat(refusals.takeOthers()).isEqualTo(10_000 - Refusals.LINES_PER_SECOND);
        assertThat(refusals.takeOthers()).isZero();
    }

    @Test
    void eachSecond_hasLinesOfItsOwn() {
        lines(10_000);
        nanoTime.addAndGet(TimeUnit.SECONDS.toNanos(1));

        assertThat(lines(10)).isEqualTo(10);
    }

    private long lines(int requests) {
        return IntStream.range(0, requests)
                .filter(request -> refusals.isWorthALine())
                .count();
    }
}
