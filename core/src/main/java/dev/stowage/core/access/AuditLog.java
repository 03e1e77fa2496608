package dev.stowage.core.access;

/** The record of who did what. It is only ever added to. Safe for concurrent use. */
@FunctionalInterface
public interface AuditLog {

    /** Keeps nothing. */
    AuditLog NONE = event -> {};

    /** Adds a line; never fails. */
    void add(AuditEvent event);
}
