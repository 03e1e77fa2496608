package dev.stowage.http.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The wait for a turn is an hour or zero, so that nothing depends on the speed of the machine. */
@Timeout(30)
class FairTransferSchedulerTest {

    private static final Duration HOUR = Duration.ofHours(1);

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 1);
    private final List<String> ran = new CopyOnWriteArrayList<>();

    @AfterEach
    void stop() {
        threads.shutdownNow();
    }

    @Test
    void turnBeyondThePlaces_waitsForTheEndOfAnother() {
        FairTransferScheduler turns = turns(2, HOUR);
        CompletableFuture<Void> third = new CompletableFuture<>();

        turns.run(() -> {
            turns.run(() -> {
                Thread waiting = start(third, () -> turns.run(() -> ran.add("third")));
                awaitParked(waiting);
                ran.add("second");
            });
            third.join();
            ran.add("first");
        });

        assertThat(ran).containsExactly("second", "third", "first");
    }

    @Test
    void turnThatExceedsTheWait_losesItsPlace_andContinues() {
        FairTransferScheduler turns = turns(1, Duration.ZERO);

        turns.run(() -> {
            turns.run(() -> ran.add("in its place"));
            ran.add("slow");
        });

        assertThat(ran).containsExactly("in its place", "slow");
    }

    @Test
    void placeThatWasTakenOver_isGivenBackOnce() {
        FairTransferScheduler turns = turns(1, Duration.ZERO);

        turns.run(() -> turns.run(() -> turns.run(() -> assertThat(turns.free()).isZero())));

        assertThat(turns.free()).isEqualTo(1);
    }

    @Test
    void withoutSmallRequests_nobodyWaits() {
        FairTransferScheduler turns = new FairTransferScheduler(1, HOUR, now::get);

        turns.run(() -> turns.run(() -> ran.add("at once")));
        turns.makeRoom();
        turns.run(() -> assertThat(turns.free()).isZero());
        now.addAndGet(Duration.ofSeconds(10).toNanos());
        turns.run(() -> assertThat(turns.free()).isEqualTo(1));

        assertThat(ran).containsExactly("at once");
    }

    @Test
    void turnThatFails_givesItsPlaceBack() {
        FairTransferScheduler turns = turns(1, HOUR);

        assertThatThrownBy(() -> turns.run(() -> {
                    throw new IOException("the client is gone");
                }))
                .isInstanceOf(IOException.class);
        turns.run(() -> ran.add("next"));

        assertThat(ran).containsExactly("next");
    }

    @Test
    void interruptedThread_waitsNoLonger_andStaysInterrupted() {
        FairTransferScheduler turns = turns(1, HOUR);
        CompletableFuture<Boolean> isInterrupted = new CompletableFuture<>();
        CompletableFuture<Void> second = new CompletableFuture<>();

        turns.run(() -> {
            Thread waiting = start(
                    second,
                    () -> turns.run(
                            () -> isInterrupted.complete(Thread.currentThread().isInterrupted())));
            awaitParked(waiting);
            waiting.interrupt();
            second.join();
        });

        assertThat(isInterrupted).isCompletedWithValue(true);
    }

    /** A scheduler after a small request. */
    private FairTransferScheduler turns(int places, Duration timeout) {
        FairTransferScheduler turns = new FairTransferScheduler(places, timeout, now::get);
        turns.makeRoom();
        return turns;
    }

    private Thread start(CompletableFuture<Void> done, Runnable work) {
        CompletableFuture<Thread> started = new CompletableFuture<>();
        threads.execute(() -> {
            started.complete(Thread.currentThread());
            work.run();
            done.complete(null);
        });
        return started.join();
    }

    private static void awaitParked(Thread thread) {
        while (thread.getState() != Thread.State.TIMED_WAITING && thread.getState() != Thread.State.WAITING) {
            Thread.onSpinWait();
        }
    }
}
