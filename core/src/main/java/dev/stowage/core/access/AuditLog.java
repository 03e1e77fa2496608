package dev.stowage.core.access;

/** The record of who did what. It is only ever added to. Safe for concurrent use. */
@FunctionalInterface
public interface AuditLog {

    /** Keeps nothing. */
    AuditLog NONE = event -> {};

    /** Adds a line; never fails. */
    void add(AuditEvent event);

    /**
     * Asked before a change, by a log without which nothing may be changed.
     *
     * @throws dev.stowage.core.error.StorageUnavailable when the change must not be made, as its line could not be written
     */
    default void require() {}
}
