package dev.stowage.worker.job;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Whether one piece of work is to end early, and what is done when it does not. Safe for concurrent use. */
final class Stop {

    /** How long work has to end by itself. */
    private static final Duration GRACE = Duration.ofMillis(500);

    private @Nullable Instant since;
    private @Nullable Thread worker;
    private boolean interrupted;

    /** The calling thread begins the work. */
    synchronized void begin() {
        worker = Thread.currentThread();
    }

    /** The work is done, and the thread free of it. */
    synchronized void end() {
        worker = null;
        if (interrupted) {
            boolean unused = Thread.interrupted();
        }
    }

    /** Asks the work to end; interrupts it when it was asked before and takes too long. */
    synchronized void request(Instant now) {
        if (since == null) {
            since = now;
        } else if (worker != null && !now.isBefore(since.plus(GRACE))) {
            interrupted = true;
            worker.interrupt();
        }
    }

    /** Whether it was asked to end. */
    synchronized boolean isRequested() {
        return since != null;
    }

    /** Whether it was interrupted; if so, the calling worker's flag is cleared, so that it can record what it has done. */
    synchronized boolean takeInterrupt() {
        if (interrupted) {
            boolean unused = Thread.interrupted();
        }
        return interrupted;
    }
}
