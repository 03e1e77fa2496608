package dev.stowage.http.limit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stowage.http.limit.TokenBuckets.Grant;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class TokenBucketsTest {

    /** Near the maximum: the system's clock may start anywhere and overflow. */
    private final AtomicLong time = new AtomicLong(Long.MAX_VALUE - 1_000_000_000L);

    @Test
    void fullBucket_grantsTheBurst_andNoMore() {
        TokenBuckets buckets = new TokenBuckets(10, 3, 100, time::get);

        assertThat(buckets.take("a")).isEqualTo(new Grant(true, 2, 1));
        assertThat(buckets.take("a")).isEqualTo(new Grant(true, 1, 1));
        assertThat(buckets.take("a")).isEqualTo(new Grant(true, 0, 1));
        assertThat(buckets.take("a").granted()).isFalse();
        assertThat(buckets.take("b").granted()).isTrue();
    }

    @Test
    void tokens_comeBackAtTheRate() {
        TokenBuckets buckets = new TokenBuckets(10, 2, 100, time::get);
        take(buckets, "a", 2);

        pass(Duration.ofMillis(99));
        assertThat(buckets.take("a").granted()).isFalse();
        pass(Duration.ofMillis(1));
        assertThat(buckets.take("a").granted()).isTrue();
        assertThat(buckets.take("a").granted()).isFalse();

        pass(Duration.ofHours(1));
        assertThat(take(buckets, "a", 5)).isEqualTo(2);
    }

    @Test
    void refusals_costNothing() {
        TokenBuckets buckets = new TokenBuckets(1, 1, 100, time::get);
        take(buckets, "a", 1000);

        pass(Duration.ofSeconds(1));

        assertThat(buckets.take("a").granted()).isTrue();
    }

    @Test
    void wait_isInWholeSeconds_roundedUp() {
        TokenBuckets buckets = new TokenBuckets(1, 2, 100, time::get);
        take(buckets, "a", 2);

        assertThat(buckets.take("a")).isEqualTo(new Grant(false, 0, 1));
        pass(Duration.ofMillis(1500));
        assertThat(buckets.take("a")).isEqualTo(new Grant(true, 0, 1));
        assertThat(buckets.take("a")).isEqualTo(new Grant(false, 0, 1));
    }

    @Test
    void oddRates_areKeptOverTime() {
        TokenBuckets buckets = new TokenBuckets(3, 1, 100, time::get);
        int granted = 0;
        for (int i = 0; i < 10_000; i++) {
            granted += buckets.take("a").granted() ? 1 : 0;
            pass(Duration.ofMillis(10));
        }

        assertThat(granted).isBetween(294, 300);
    }

    @Test
    void fullBuckets_makePlaceForOthers() {
        TokenBuckets buckets = new TokenBuckets(1, 2, 100, time::get);
        for (int i = 0; i < 100; i++) {
            take(buckets, "name-" + i, 1);
        }
        pass(Duration.ofSeconds(2));

        assertThat(take(buckets, "new", 2)).isEqualTo(2);
        assertThat(buckets.size()).isEqualTo(1);
    }

    @Test
    void withoutAPlace_newNamesShareOneBucket_andKnownOnesKeepTheirs() {
        TokenBuckets buckets = new TokenBuckets(1, 3, 100, time::get);
        for (int i = 0; i < 100; i++) {
            take(buckets, "name-" + i, 1);
        }

        int granted = 0;
        for (int i = 0; i < 1_000; i++) {
            granted += take(buckets, "flood-" + i, 1);
        }

        assertThat(granted).isEqualTo(3);
        assertThat(buckets.size()).isEqualTo(101);
        assertThat(take(buckets, "name-7", 3)).isEqualTo(2);
    }

    @Test
    void manyThreads_getNoTokenTooMany_andNoneTooFew() throws Exception {
        TokenBuckets buckets = new TokenBuckets(1, 5_000, 100, time::get);
        List<Callable<Integer>> takers = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            takers.add(() -> take(buckets, "a", 1_000));
        }
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            int granted = 0;
            for (Future<Integer> taker : threads.invokeAll(takers, 30, TimeUnit.SECONDS)) {
                granted += taker.get();
            }
            assertThat(granted).isEqualTo(5_000);
        } finally {
            threads.shutdownNow();
        }
    }

    private void pass(Duration duration) {
        time.addAndGet(duration.toNanos());
    }

    private static int take(TokenBuckets buckets, String name, int times) {
        int granted = 0;
        for (int i = 0; i < times; i++) {
            granted += buckets.take(name).granted() ? 1 : 0;
        }
        return granted;
    }
}
