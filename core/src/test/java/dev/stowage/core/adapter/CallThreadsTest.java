package dev.stowage.core.adapter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stowage.core.error.Conflict;
import dev.stowage.core.error.StorageUnavailable;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class CallThreadsTest {

    private final CallThreads threads = new CallThreads("test", 4, 2);

    @AfterEach
    void close() {
        threads.close();
    }

    @Test
    void map_returnsResultsInTheOrderOfItems() {
        List<Integer> items = IntStream.range(0, 100).boxed().toList();

        assertThat(threads.map(items, n -> n * 2))
                .containsExactlyElementsOf(items.stream().map(n -> n * 2).toList());
        assertThat(threads.map(List.<Integer>of(), n -> n)).isEmpty();
    }

    @Test
    void map_sendsSomeRequestsAtOnce() {
        CyclicBarrier both = new CyclicBarrier(2);

        assertThat(threads.map(List.of(1, 2), n -> await(both))).containsExactlyInAnyOrder(0, 1);
    }

    @Test
    void map_ofOneItem_needsNoOtherThread() {
        assertThat(threads.map(List.of(1), n -> Thread.currentThread())).containsExactly(Thread.currentThread());
    }

    @Test
    void map_endsWithTheFirstFailure() {
        AtomicInteger requests = new AtomicInteger();

        assertThatThrownBy(() -> threads.map(IntStream.range(0, 1000).boxed().toList(), n -> {
                    requests.incrementAndGet();
                    throw new Conflict("Try again.");
                }))
                .isInstanceOf(Conflict.class);

        assertThat(requests.get()).isLessThanOrEqualTo(2);
    }

    @Test
    void map_whenInterrupted_interruptsItsRequests_andKeepsTheFlag() throws Exception {
        CountDownLatch sent = new CountDownLatch(2);
        CountDownLatch ended = new CountDownLatch(2);
        FutureTask<Boolean> call = new FutureTask<>(() -> {
            assertThatThrownBy(() -> threads.map(List.of(1, 2), n -> waitUntilInterrupted(sent, ended)))
                    .isInstanceOf(StorageUnavailable.class);
            return Thread.currentThread().isInterrupted();
        });
        Thread caller = new Thread(call);
        caller.start();
        assertThat(sent.await(10, TimeUnit.SECONDS)).isTrue();

        caller.interrupt();

        assertThat(call.get(10, TimeUnit.SECONDS)).isTrue();
        assertThat(ended.await(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void map_afterClose_isUnavailable() {
        threads.close();

        assertThatThrownBy(() -> threads.map(List.of(1, 2), n -> n)).isInstanceOf(StorageUnavailable.class);
    }

    private static int await(CyclicBarrier barrier) {
        try {
            return barrier.await(10, TimeUnit.SECONDS);
        } catch (InterruptedException | BrokenBarrierException | TimeoutException e) {
            throw new IllegalStateException(e);
        }
    }

    private static boolean waitUntilInterrupted(CountDownLatch sent, CountDownLatch ended) {
        sent.countDown();
        try {
            return new CountDownLatch(1).await(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            ended.countDown();
            throw new StorageUnavailable("interrupted", e);
        }
    }
}
