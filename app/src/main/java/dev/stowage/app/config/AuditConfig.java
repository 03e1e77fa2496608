package dev.stowage.app.config;

import dev.stowage.core.config.Settings;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The audit log's settings.
 *
 * @param file where it is written; empty for no audit log
 * @param required whether changes that can't be written to it are refused
 */
public record AuditConfig(Optional<Path> file, boolean required) {

    /** Reads {@code AUDIT_LOG_FILE} and {@code AUDIT_REQUIRED}; problems are recorded in {@code settings}. */
    static AuditConfig from(Settings settings, Path dataDirectory) {
        Optional<Path> file = settings.read(
                "AUDIT_LOG_FILE",
                Optional.of(dataDirectory.resolve("audit.jsonl")),
                text -> text.equals("none") ? Optional.empty() : Optional.of(Path.of(text)));
        boolean required = settings.flag("AUDIT_REQUIRED", false);
        if (required && file.isEmpty()) {
            settings.problem("AUDIT_REQUIRED", "needs an audit log; remove AUDIT_LOG_FILE=none");
        }
        return new AuditConfig(file, required);
    }
}
