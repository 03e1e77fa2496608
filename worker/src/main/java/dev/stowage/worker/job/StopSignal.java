package dev.stowage.worker.job;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Stops one piece of work: first by request, then by an interrupt. Only code within {@link #interruptibly} is
 * interrupted; recording its results is not. Safe for concurrent use.
 */
final class StopSignal {

    /** How long work may take to stop by itself. */
    private static final Duration GRACE = Duration.ofMillis(500);

    private @Nullable Instant since;
    private @Nullable Thread worker;
    private boolean interrupted;

    /** Requests a stop; interrupts work that was requested to stop earlier and has not. */
    synchronized void request(Instant now) {
        if (since == null) {
            since = now;
        } else if (worker != null && !now.isBefore(since.plus(GRACE))) {
            interrupted = true;
            worker.interrupt();
        }
    }

    /** Whether a stop was requested. */
    synchronized boolean isRequested() {
        return since != null;
    }

    /** Whether the work was ever interrupted. */
    synchronized boolean wasInterrupted() {
        return interrupted;
    }

    /** Runs interruptible code in the calling thread. The interrupt flag is clear when this returns or throws. */
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
