package dev.stowage.core.access;

import dev.stowage.core.key.ObjectKey;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What is about to be done, as the audit log names it.
 *
 * @param operation such as {@code file.put}
 * @param key of the file that is written or deleted; empty where it is about none, or not known which
 * @param detail what else there is to say, such as the {@code source} of a copy or an upload's id; unmodifiable
 */
public record AuditedAction(String operation, Optional<ObjectKey> key, Map<String, String> detail) {

    public AuditedAction {
        detail = Map.copyOf(detail);
    }

    /** About one file. */
    public static AuditedAction of(String operation, ObjectKey key) {
        return new AuditedAction(operation, Optional.of(key), Map.of());
    }

    /** About no file, or it is not known which. */
    public static AuditedAction of(String operation) {
        return new AuditedAction(operation, Optional.empty(), Map.of());
    }

    /** The same about that file. */
    public AuditedAction on(Optional<ObjectKey> file) {
        return new AuditedAction(operation, file, detail);
    }

    /** The same, and something else to say. */
    public AuditedAction with(String name, Object value) {
        Map<String, String> all = new LinkedHashMap<>(detail);
        all.put(name, value.toString());
        return new AuditedAction(operation, key, all);
    }

    /** The same under another name. */
    public AuditedAction named(String other) {
        return new AuditedAction(other, key, detail);
    }

    /** What came of it. */
    public AuditEvent by(Principal principal, String result) {
        return new AuditEvent(Optional.of(principal), operation, key.map(ObjectKey::value), result, detail);
    }
}
