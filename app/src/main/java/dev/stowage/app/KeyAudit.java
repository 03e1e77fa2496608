package dev.stowage.app;

import dev.stowage.app.config.Configuration;
import dev.stowage.app.logging.AuditFile;
import dev.stowage.core.access.ApiKey;
import dev.stowage.core.access.AuditEvent;
import dev.stowage.core.access.Principal;
import dev.stowage.core.access.Rights;
import dev.stowage.core.error.StorageUnavailable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** Records changes to API keys by the command line in the audit log. */
final class KeyAudit {

    private KeyAudit() {}

    /**
     * Checks, before a change, that the audit log is writable when it is required.
     *
     * @throws StartupFailure when changes must be logged and the audit log can't be written to
     */
    static void require(Configuration configuration) {
        Optional<Path> file = configuration.audit().file();
        if (file.isEmpty() || !configuration.audit().required()) {
            return;
        }
        try (AuditFile audit = AuditFile.open(file.get(), true)) {
            audit.require();
        } catch (IllegalStateException | StorageUnavailable | IOException e) {
            throw failure(e);
        }
    }

    /**
     * Records a change.
     *
     * @param operation such as {@code key.create}
     * @throws StartupFailure when the audit log is not writable; the change is not undone
     */
    static void record(Configuration configuration, String operation, ApiKey key) {
        Principal operator = Principal.of("operator", System.getProperty("user.name", ""), Rights.NONE);
        AuditEvent event = new AuditEvent(
                Optional.of(operator), operation, Optional.empty(), AuditEvent.OK, Map.of("api_key", key.id()));
        Optional<Path> file = configuration.audit().file();
        if (file.isEmpty()) {
            return;
        }
        try (AuditFile audit = AuditFile.open(file.get(), configuration.audit().required())) {
            audit.add(event);
            audit.check();
        } catch (IllegalStateException | StorageUnavailable | IOException e) {
            throw failure(e);
        }
    }

    private static StartupFailure failure(Exception e) {
        return new StartupFailure("AUDIT_LOG_FILE: " + e.getMessage(), e);
    }
}
