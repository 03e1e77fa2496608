package dev.stowage.http.slow;

import java.time.Duration;

/**
 * The time that the server is willing to wait for a client. Waiting uses up the budget, and every transferred byte restores some of it: a
 * pause is tolerated, a trickle is not. For one thread.
 */
final class StallBudget {

    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    private final long bytesPerSecond;
    private long spent;

    /** @param bytesPerSecond the rate at which a client never uses up its budget; at least 1 */
    StallBudget(long bytesPerSecond) {
        this.bytesPerSecond = bytesPerSecond;
    }

    /**
     * Records the activity since the last call.
     *
     * @param waited in nanoseconds
     * @param moved in bytes
     */
    void record(long waited, long moved) {
        // Bytes beyond those that restore the whole budget are not credited: one burst must not allow hours of silence.
        double earned = (double) moved / bytesPerSecond * SECOND;
        spent = (long) Math.max(0, spent + waited - earned);
    }

    /** The used part of the budget, in nanoseconds. */
    long spent() {
        return spent;
    }

    /** Restores the whole budget. */
    void restore() {
        spent = 0;
    }
}
