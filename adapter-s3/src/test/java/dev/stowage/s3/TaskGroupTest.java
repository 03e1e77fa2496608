package dev.stowage.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stowage.core.error.StorageUnavailable;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
final class TaskGroupTest {

    private final RequestThreads workers = new RequestThreads("test", 8);
    private final AtomicInteger cleanups = new AtomicInteger();

    @AfterEach
    void close() {
        workers.close();
    }

    @Test
    void join_givesResultsInOrder() {
        TaskGroup<Integer> group = workers.group(3);
        for (int i = 0; i < 20; i++) {
            int result = i;
            group.submit(() -> result, cleanups::incrementAndGet);
        }

        List<Integer> results = group.join();

        assertThat(results).hasSize(20).isSorted();
        assertThat(cleanups).hasValue(20);
    }

    @Test
    void submit_beyondTheLimit_waits() {
        AtomicInteger running = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        TaskGroup<Integer> group = workers.group(2);
        for (int i = 0; i < 50; i++) {
            group.submit(
                    () -> {
                        most.accumulateAndGet(running.incrementAndGet(), Math::max);
                        return running.decrementAndGet();
                    },
                    cleanups::incrementAndGet);
        }

        group.join();

        assertThat(most.get()).isBetween(1, 2);
    }

    @Test
    void submit_afterAFailure_failsWithIt() {
        TaskGroup<Integer> group = workers.group(1);
        IllegalStateException planned = new IllegalStateException("planned");
        group.submit(
                () -> {
                    throw planned;
                },
                cleanups::incrementAndGet);

        assertThatThrownBy(() -> {
                    for (int i = 0; i < 3; i++) {
                        group.submit(() -> 1, cleanups::incrementAndGet);
                    }
                    group.join();
                })
                .isSameAs(planned);

        group.cancel(Duration.ofSeconds(5));
        assertThat(cleanups.get()).isBetween(2, 4);
    }

    @Test
    void cancel_endsAndCleansUpRunningAndWaitingTasks() {
        RequestThreads single = new RequestThreads("single", 1);
        TaskGroup<Boolean> group = occupied(single, 5);

        group.cancel(Duration.ofSeconds(5));

        assertThat(cleanups).hasValue(5);
        single.close();
    }

    @Test
    void close_ofThePool_endsWaitingCallers() {
        RequestThreads single = new RequestThreads("single", 1);
        TaskGroup<Boolean> group = occupied(single, 3);

        single.close();

        assertThatThrownBy(group::join).isInstanceOf(RuntimeException.class);
        assertThatThrownBy(() -> group.submit(() -> true, cleanups::incrementAndGet))
                .isInstanceOf(RuntimeException.class);
        group.cancel(Duration.ofSeconds(5));
        assertThat(cleanups).hasValue(4);
    }

    @Test
    void submit_onInterruptedThread_isUnavailable() {
        TaskGroup<Integer> group = workers.group(1);
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> group.submit(() -> 1, cleanups::incrementAndGet))
                .isInstanceOf(StorageUnavailable.class);

        assertThat(Thread.interrupted()).isTrue();
        assertThat(cleanups).hasValue(1);
    }

    /** A group of tasks that never end by themselves, one of them running. */
    private TaskGroup<Boolean> occupied(RequestThreads single, int tasks) {
        CountDownLatch started = new CountDownLatch(1);
        TaskGroup<Boolean> group = single.group(5);
        for (int i = 0; i < tasks; i++) {
            group.submit(
                    () -> {
                        started.countDown();
                        new CountDownLatch(1).await();
                        return true;
                    },
                    cleanups::incrementAndGet);
        }
        awaitUninterruptibly(started);
        return group;
    }

    private static void awaitUninterruptibly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
