package dev.stowage.core.access;

import java.util.Map;
import java.util.Optional;

/**
 * Something that somebody did, or was kept from.
 *
 * @param principal who; empty for somebody who could not say who they are
 * @param operation what, such as {@code file.put}
 * @param key with which file; empty where it is about none, or about more than one
 * @param result {@code ok}, or the name of what went wrong
 * @param detail what else there is to say, such as a job's id; unmodifiable
 */
public record AuditEvent(
        Optional<Principal> principal,
        String operation,
        Optional<String> key,
        String result,
        Map<String, String> detail) {

    /** The result of what succeeded. */
    public static final String OK = "ok";

    public AuditEvent {
        detail = Map.copyOf(detail);
    }

    /** About one file, and there is no more to say. */
    public static AuditEvent of(Principal principal, String operation, String key, String result) {
        return new AuditEvent(Optional.of(principal), operation, Optional.of(key), result, Map.of());
    }
}
