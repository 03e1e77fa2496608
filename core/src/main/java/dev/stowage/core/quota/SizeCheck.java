package dev.stowage.core.quota;

/** A check of a body's size while it is read. */
@FunctionalInterface
interface SizeCheck {

    /**
     * Checks that a body may have a size.
     *
     * @throws dev.stowage.core.error.QuotaExceeded when it may not
     */
    void check(long size);
}
