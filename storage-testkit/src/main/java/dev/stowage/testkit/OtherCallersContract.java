package dev.stowage.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.object.ObjectSummary;
import dev.stowage.core.port.ListQuery;
import dev.stowage.core.port.ReadOptions;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/** An interrupted call leaves other callers alone, even if it shares a connection, a lock or a transaction with them. */
interface OtherCallersContract extends InterruptionContract {

    /** How often a call of each kind is interrupted, at moments that are spread over its usual duration. */
    int MOMENTS = 20;

    /** The number of callers that are not interrupted. */
    int OTHERS = 4;

    int SECONDS = 20;

    @Test
    default void transfers_whileOthersAreInterrupted_continue() throws Exception {
        long size = 2 << 20;
        put(key("read"), Bodies.pattern(size, 1));
        CountDownLatch begun = new CountDownLatch(2);
        CountDownLatch interrupted = new CountDownLatch(1);
        Runnable pause = () -> {
            begun.countDown();
            await(interrupted, "the interrupted calls end");
        };
        List<Callable<Boolean>> racers = new ArrayList<>();
        racers.add(() -> store().read(key("read"), ReadOptions.ALL, (info, span, body) -> {
            Bodies.verifyNext(body, 0, 1000, 1);
            pause.run();
            Bodies.verify(body, 1000, size - 1000, 1);
            return true;
        }));
        racers.add(() -> put(key("written"), new MidwayContent(size, pause)).size() == size);
        racers.add(() -> {
            try {
                await(begun, "both transfers are in their middle");
                InterruptionContract.assertInterrupted(100_000, body -> put(key("interrupted"), body));
                interruptReaderOf(key("read"));
            } finally {
                interrupted.countDown();
            }
            return true;
        });

        assertThat(Race.run(racers)).containsOnly(true);

        verify(key("written"), size, 1);
    }

    @Test
    default void calls_whileOthersAreInterrupted_succeed() throws Exception {
        AtomicBoolean over = new AtomicBoolean();
        List<Callable<Boolean>> racers = new ArrayList<>();
        for (int i = 0; i < OTHERS; i++) {
            ObjectKey key = key("other-" + i);
            int seed = i;
            racers.add(() -> {
                do {
                    use(key, seed);
                } while (!over.get());
                return true;
            });
        }
        racers.add(() -> {
            try {
                interruptCallsOn(key("interrupted"));
            } finally {
                over.set(true);
            }
            return true;
        });

        assertThat(Race.run(racers)).containsOnly(true);

        use(key("interrupted"), 2);
    }

    private void use(ObjectKey key, int seed) throws IOException {
        put(key, Bodies.pattern(1000, seed));
        verify(key, 1000, seed);
        assertThat(store().stat(key)).isPresent();
        assertThat(store().list(ListQuery.of(prefix(""))).objects())
                .extracting(ObjectSummary::key)
                .contains(key);
        store().remove(List.of(key));
    }

    private void interruptCallsOn(ObjectKey key) throws Exception {
        List<Callable<?>> calls = List.of(
                () -> put(key, Bodies.pattern(1000, 1)),
                () -> store().read(key, ReadOptions.ALL, (info, span, body) -> body.readAllBytes().length),
                () -> store().list(ListQuery.of(prefix(""))),
                () -> store().delete(List.of(key)));
        for (Callable<?> call : calls) {
            put(key, Bodies.pattern(1000, 1));
            long start = System.nanoTime();
            call.call();
            long usual = System.nanoTime() - start;
            for (int moment = 0; moment < MOMENTS; moment++) {
                interrupt(call, Duration.ofNanos(usual * moment / MOMENTS));
            }
        }
    }

    /** Interrupts a call some time after its begin. What becomes of it is tested elsewhere. */
    private static void interrupt(Callable<?> call, Duration delay) throws Exception {
        FutureTask<Boolean> task = new FutureTask<>(() -> {
            try {
                call.call();
                return true;
            } catch (Exception failed) {
                return false;
            }
        });
        Thread thread = start(task);
        LockSupport.parkNanos(delay.toNanos());
        thread.interrupt();
        task.get(SECONDS, TimeUnit.SECONDS);
    }

    /** Interrupts a reader that waits while it holds the stream it was lent. */
    private void interruptReaderOf(ObjectKey key) throws Exception {
        CountDownLatch reading = new CountDownLatch(1);
        FutureTask<Boolean> task = new FutureTask<>(() -> {
            try {
                store().read(key, ReadOptions.ALL, (info, span, body) -> {
                    Bodies.verifyNext(body, 0, 1000, 1);
                    reading.countDown();
                    return waitUntilInterrupted();
                });
                return true;
            } catch (InterruptedIOException readersOwn) {
                return false;
            }
        });
        Thread thread = start(task);
        await(reading, "the store lends its stream");
        thread.interrupt();
        task.get(SECONDS, TimeUnit.SECONDS);
    }

    private static boolean waitUntilInterrupted() throws InterruptedIOException {
        try {
            new CountDownLatch(1).await();
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while reading");
        }
    }

    private static void await(CountDownLatch latch, String event) {
        try {
            assertThat(latch.await(SECONDS, TimeUnit.SECONDS))
                    .as("%s within %s seconds", event, SECONDS)
                    .isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting until " + event, e);
        }
    }

    private static Thread start(Runnable task) {
        Thread thread = new Thread(task, "interrupted");
        thread.setDaemon(true);
        thread.start();
        return thread;
    }
}
