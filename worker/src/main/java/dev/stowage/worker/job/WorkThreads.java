package dev.stowage.worker.job;

import java.time.Duration;
import java.util.concurrent.Executor;

/** Threads that do the work. */
interface WorkThreads extends Executor, AutoCloseable {

    /** Waits until nothing runs, and says whether that is so. Nothing is started any more. */
    boolean awaitEnd(Duration limit);

    /** Leaves to itself what still runs. Again: does nothing. */
    @Override
    void close();
}
