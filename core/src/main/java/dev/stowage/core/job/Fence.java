package dev.stowage.core.job;

/**
 * Tells whether work on a job may still change files. It closes permanently as soon as the process can't be sure that it still has its
 * claims. Safe for concurrent use; never waits.
 */
@FunctionalInterface
public interface Fence {

    /** Whether a change may be sent to the store now. */
    boolean isOpen();

    /** @throws ClaimLost when it is closed */
    default void check() {
        if (!isOpen()) {
            throw ClaimLost.leaseExpired();
        }
    }
}
