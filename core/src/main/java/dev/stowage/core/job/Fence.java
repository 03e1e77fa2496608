package dev.stowage.core.job;

/**
 * Whether work on a job may still change files. It is closed as soon as the process can't be sure any more that the work is its own, and
 * then stays closed. Safe for concurrent use; never waits.
 */
@FunctionalInterface
public interface Fence {

    /** Whether a change may be sent to the store at this moment. */
    boolean isOpen();

    /** @throws ClaimLost when it is closed */
    default void check() {
        if (!isOpen()) {
            throw ClaimLost.leaseExpired();
        }
    }
}
