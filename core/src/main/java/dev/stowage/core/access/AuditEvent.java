package dev.stowage.core.access;

import java.util.Map;
import java.util.Optional;

/**
 * An event in the audit log: an action and its result.
 *
 * @param principal who made the request; without an id for an unauthenticated client
 * @param operation such as {@code file.put}
 * @param key of the file; empty for no file, or for several
 * @param result {@code ok}, or the code of the error
 * @param detail further fields, such as a job's id; unmodifiable
 */
public record AuditEvent(
        Optional<Principal> principal,
        String operation,
        Optional<String> key,
        String result,
        Map<String, String> detail) {

    /** The result of a success. */
    public static final String OK = "ok";

    public AuditEvent {
        detail = Map.copyOf(detail);
    }

    /** Creates an event for one file, without further detail. */
    public static AuditEvent of(Principal principal, String operation, String key, String result) {
        return new AuditEvent(Optional.of(principal), operation, Optional.of(key), result, Map.of());
    }
}
