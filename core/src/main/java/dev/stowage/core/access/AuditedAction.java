package dev.stowage.core.access;

import dev.stowage.core.key.ObjectKey;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * An action, as the audit log names it.
 *
 * @param operation such as {@code file.put}
 * @param key of the file that is written or deleted; empty if there is none, or it is unknown
 * @param detail further fields, such as the {@code source} of a copy or an upload's id; unmodifiable
 */
public record AuditedAction(String operation, Optional<ObjectKey> key, Map<String, String> detail) {

    public AuditedAction {
        detail = Map.copyOf(detail);
    }

    /** Creates an action on one file. */
    public static AuditedAction of(String operation, ObjectKey key) {
        return new AuditedAction(operation, Optional.of(key), Map.of());
    }

    /** Creates an action on no file, or an unknown one. */
    public static AuditedAction of(String operation) {
        return new AuditedAction(operation, Optional.empty(), Map.of());
    }

    /** Returns the same action on a file. */
    public AuditedAction on(Optional<ObjectKey> file) {
        return new AuditedAction(operation, file, detail);
    }

    /** Returns the same action with a further field. */
    public AuditedAction with(String name, Object value) {
        Map<String, String> all = new LinkedHashMap<>(detail);
        all.put(name, value.toString());
        return new AuditedAction(operation, key, all);
    }

    /** Returns the same action under another name. */
    public AuditedAction named(String other) {
        return new AuditedAction(other, key, detail);
    }

    /** Returns the event of this action with a result. */
    public AuditEvent by(Principal principal, String result) {
        return new AuditEvent(Optional.of(principal), operation, key.map(ObjectKey::value), result, detail);
    }
}
