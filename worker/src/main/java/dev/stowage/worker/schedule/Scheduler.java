package dev.stowage.worker.schedule;

import java.time.Duration;

/** Runs delayed tasks, one at a time. */
public interface Scheduler extends AutoCloseable {

    /** Runs {@code task} once, after {@code delay}, unless this is closed before. Returns at once. */
    void after(Duration delay, Runnable task);

    /** Drops waiting tasks, interrupts the running one, and waits for it for a few seconds at most. Idempotent. */
    @Override
    void close();
}
