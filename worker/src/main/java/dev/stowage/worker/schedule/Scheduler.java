package dev.stowage.worker.schedule;

import java.time.Duration;

/** Runs tasks later, one at a time. */
public interface Scheduler extends AutoCloseable {

    /** Runs {@code task} once, after {@code delay}; never when this is closed before. Returns at once. */
    void after(Duration delay, Runnable task);

    /** Drops what waits, interrupts what runs, and waits for it, a few seconds at most. Again: does nothing. */
    @Override
    void close();
}
