package dev.stowage.http.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stowage.http.error.TooBusy;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Waits are an hour or zero, so that nothing depends on the speed of the machine. */
@Timeout(30)
class TransferLimiterTest {

    private static final Duration HOUR = Duration.ofHours(1);

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<String> ran = new CopyOnWriteArrayList<>();

    @AfterEach
    void stop() {
        threads.shutdownNow();
    }

    @Test
    void transfersWithinTheLimit_runAtOnce() {
        TransferLimiter slots = slots(2, Duration.ZERO);

        slots.run(() -> slots.run(() -> {
            assertThat(meter("running")).isEqualTo(2);
            ran.add("both");
        }));

        assertThat(ran).containsExactly("both");
        assertThat(meter("running")).isZero();
        assertThat(refused()).isZero();
    }

    @Test
    void transferBeyondTheLimit_isRefused_andCounted() {
        TransferLimiter slots = slots(1, Duration.ZERO);

        slots.run(() -> {
            assertThatThrownBy(() -> slots.run(() -> ran.add("never"))).isInstanceOf(TooBusy.class);
            assertThat(meter("running")).isEqualTo(1);
        });

        assertThat(ran).isEmpty();
        assertThat(refused()).isEqualTo(1);
        assertThat(meter("waiting")).isZero();
    }

    @Test
    void transfersThatWait_runInTheOrderOfTheirArrival() {
        TransferLimiter slots = slots(2, HOUR);
        CompletableFuture<Void> first = new CompletableFuture<>();
        CompletableFuture<Void> second = new CompletableFuture<>();

        slots.run(() -> {
            slots.run(() -> {
                waiting(slots, "first", first, 1);
                waiting(slots, "second", second, 2);
                assertThat(ran).isEmpty();
            });
            // Only one slot is free, so they run one after the other.
            first.join();
            second.join();
        });

        assertThat(ran).containsExactly("first", "second");
        assertThat(meter("waiting")).isZero();
        assertThat(refused()).isZero();
    }

    @Test
    void transferThatFindsTooManyWaiting_isRefusedAtOnce() {
        TransferLimiter slots = slots(1, HOUR);
        CompletableFuture<Void> ended = new CompletableFuture<>();

        slots.run(() -> {
            waiting(slots, "first", ended, 1);
            assertThatThrownBy(() -> slots.run(() -> ran.add("never"))).isInstanceOf(TooBusy.class);
        });
        ended.join();

        assertThat(ran).containsExactly("first");
    }

    @Test
    void transferThatFails_givesItsPlaceBack() {
        TransferLimiter slots = slots(1, Duration.ZERO);
        TransferLimiter.Work<IOException> failing = () -> {
            throw new IOException("the client is gone");
        };

        assertThatThrownBy(() -> slots.run(failing)).isInstanceOf(IOException.class);

        slots.run(() -> ran.add("next"));
        assertThat(ran).containsExactly("next");
    }

    @Test
    void interruptedThread_isRefused_andStaysInterrupted() {
        TransferLimiter slots = slots(1, HOUR);

        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> slots.run(() -> ran.add("never"))).isInstanceOf(TooBusy.class);

        assertThat(Thread.interrupted()).isTrue();
        assertThat(meter("waiting")).isZero();
        slots.run(() -> ran.add("next"));
        assertThat(ran).containsExactly("next");
    }

    @Test
    void withoutALimit_nobodyIsRefused() {
        TransferLimiter slots = new TransferLimiter(TransferLimit.NONE, registry);

        slots.run(() ->
                slots.run(() -> slots.run(() -> assertThat(meter("running")).isEqualTo(3))));

        assertThat(slots.maxSlow(1536)).isEqualTo(1536);
    }

    @Test
    void slowClients_mayHoldThreeQuartersOfThePlaces_whileOthersWait() {
        TransferLimiter slots = slots(4, HOUR);
        CompletableFuture<Void> ended = new CompletableFuture<>();

        slots.run(() -> slots.run(() -> slots.run(() -> slots.run(() -> {
            assertThat(slots.maxSlow(1536)).isEqualTo(1536);
            waiting(slots, "fifth", ended, 1);
            assertThat(slots.maxSlow(1536)).isEqualTo(3);
            assertThat(slots.maxSlow(2)).isEqualTo(2);
        }))));
        ended.join();

        assertThat(slots.maxSlow(1536)).isEqualTo(1536);
    }

    private TransferLimiter slots(int max, Duration wait) {
        return new TransferLimiter(new TransferLimit(max, wait), registry);
    }

    /** Lets a transfer of another thread wait, and returns when this number of transfers waits. */
    private void waiting(TransferLimiter slots, String name, CompletableFuture<Void> ended, int many) {
        threads.execute(() -> {
            slots.run(() -> ran.add(name));
            ended.complete(null);
        });
        while (meter("waiting") != many) {
            Thread.onSpinWait();
        }
    }

    private int meter(String name) {
        return (int) registry.get("stowage.transfers." + name).gauge().value();
    }

    private int refused() {
        return (int) registry.get("stowage.transfers.refused").counter().count();
    }
}
