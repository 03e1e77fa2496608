package dev.stowage.core.quota;

/** Whether a body may be as large as it turns out to be. */
@FunctionalInterface
interface SizeCheck {

    /**
     * Lets a body through up to a size.
     *
     * @throws dev.stowage.core.error.QuotaExceeded when it may not be so large
     */
    void check(long size);
}
