package dev.stowage.core.job;

import dev.stowage.core.error.StorageUnavailable;

/**
 * Tells whether work on a job may still change files. It closes permanently as soon as the process can't be sure that it still has its
 * claims. Safe for concurrent use; never waits.
 */
@FunctionalInterface
public interface Fence {

    /** Whether a change may be sent to the store now. */
    boolean isOpen();

    /** Called by a store before it sends a change. @throws StorageUnavailable when it is closed */
    default void requireOpen() {
        if (!isOpen()) {
            throw new StorageUnavailable("Another process may have taken over this work", null);
        }
    }

    /** @throws ClaimLost when it is closed */
    default void check() {
        if (!isOpen()) {
            throw ClaimLost.leaseExpired();
        }
    }
}
