package dev.stowage.app.config;

import dev.stowage.core.config.Settings;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The audit log's settings.
 *
 * @param standardOutput whether it is written to the standard output
 * @param file the file that it is written to; empty for the standard output, or no audit log
 * @param required whether changes that can't be written to it are refused
 */
public record AuditConfig(boolean standardOutput, Optional<Path> file, boolean required) {

    private static final String FILE = "AUDIT_LOG_FILE";
    private static final String NONE = "none";
    private static final String STANDARD_OUTPUT = "stdout";

    /** Whether there is an audit log. */
    public boolean enabled() {
        return standardOutput || file.isPresent();
    }

    /** Reads {@code AUDIT_LOG_FILE} and {@code AUDIT_REQUIRED}; problems are recorded in {@code settings}. */
    static AuditConfig from(Settings settings, Path dataDirectory) {
        boolean standardOutput =
                settings.text(FILE).filter(STANDARD_OUTPUT::equals).isPresent();
        Optional<Path> file = settings.read(
                FILE,
                Optional.of(dataDirectory.resolve("audit.jsonl")),
                text -> text.equals(NONE) || text.equals(STANDARD_OUTPUT)
                        ? Optional.empty()
                        : Optional.of(Path.of(text)));
        boolean required = settings.flag("AUDIT_REQUIRED", false);
        if (required && file.isEmpty() && !standardOutput) {
            settings.problem("AUDIT_REQUIRED", "needs an audit log; remove AUDIT_LOG_FILE=none");
        }
        return new AuditConfig(standardOutput, file, required);
    }
}
