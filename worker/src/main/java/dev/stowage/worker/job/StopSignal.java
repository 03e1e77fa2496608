package dev.stowage.worker.job;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Whether one piece of work is to end early, and what is done when it does not. Only what runs within {@link #interruptibly} is ever
 * interrupted; what records its results is not. Safe for concurrent use.
 */
final class StopSignal {

    /** How long work has to end by itself. */
    private static final Duration GRACE = Duration.ofMillis(500);

    private @Nullable Instant since;
    private @Nullable Thread worker;
    private boolean interrupted;

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

    /** Whether it was interrupted at any time. */
    synchronized boolean wasInterrupted() {
        return interrupted;
    }

    /** Runs what may be interrupted, in the calling thread, which is not interrupted any more when this returns or throws. */
    void interruptibly(Runnable work) {
        enter();
        try {
            work.run();
        } finally {
            leave();
        }
    }

    private synchronized void enter() {
        boolean unused = Thread.interrupted();
        worker = Thread.currentThread();
    }

    private synchronized void leave() {
        worker = null;
        boolean unused = Thread.interrupted();
    }
}
