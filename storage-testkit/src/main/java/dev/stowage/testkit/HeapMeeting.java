package dev.stowage.testkit;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.lang.management.ManagementFactory;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Threads that wait for each other; when all have arrived, the heap is measured. */
final class HeapMeeting {

    private static final int SECONDS = 20;

    private final long before = used();
    private final int threads;
    private final CyclicBarrier barrier;
    private volatile long growth;

    /** @param threads how many wait for each other */
    HeapMeeting(int threads) {
        this.threads = threads;
        this.barrier = new CyclicBarrier(threads, () -> growth = used() - before);
    }

    /** Waits for the others. */
    void arrive() throws IOException {
        try {
            barrier.await(SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while waiting for the other transfers");
        } catch (BrokenBarrierException | TimeoutException e) {
            throw new IOException("the store did not run " + threads + " transfers at once within 20 seconds", e);
        }
    }

    /** Returns by how many bytes the heap has grown until all threads had arrived. */
    long growth() {
        return growth;
    }

    private static long used() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}
