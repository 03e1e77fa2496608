package dev.stowage.worker.job;

import java.time.Duration;
import java.util.concurrent.Executor;

/** The threads for work on jobs. */
interface WorkThreads extends Executor, AutoCloseable {

    /** Accepts no more tasks, and waits until none runs; returns whether that is so. */
    boolean awaitEnd(Duration limit);

    /** Abandons tasks that still run. Idempotent. */
    @Override
    void close();
}
