package dev.stowage.http.slow;

import java.time.Duration;

/**
 * How long the server goes on waiting for a client: budget is spent while it waits, and comes back with every byte that moves. So a
 * pause is forgiven, and a trickle is not. For one thread.
 */
final class StallBudget {

    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    private final long bytesPerSecond;
    private long spent;

    /** @param bytesPerSecond at which a client may go on for ever; at least 1 */
    StallBudget(long bytesPerSecond) {
        this.bytesPerSecond = bytesPerSecond;
    }

    /**
     * Takes note of what has happened since this was called last.
     *
     * @param waited in nanoseconds
     * @param moved in bytes
     */
    void note(long waited, long moved) {
        // A client that moves more than the spent budget is worth can't save the rest: one burst must not pay for
        // hours of silence.
        double earned = (double) moved / bytesPerSecond * SECOND;
        spent = (long) Math.max(0, spent + waited - earned);
    }

    /** How much of it is spent, in nanoseconds. */
    long spent() {
        return spent;
    }

    /** All of it is there again. */
    void restore() {
        spent = 0;
    }
}
