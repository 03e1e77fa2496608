package dev.stowage.core.access;

/** The append-only record of actions. Safe for concurrent use. */
@FunctionalInterface
public interface AuditLog {

    /** Discards all events. */
    AuditLog NONE = event -> {};

    /** Appends an event; never fails. */
    void add(AuditEvent event);

    /**
     * Called before a change, so that a required log can prevent it.
     *
     * @throws dev.stowage.core.error.StorageUnavailable when the change must not be made because its event could not be written
     */
    default void require() {}
}
