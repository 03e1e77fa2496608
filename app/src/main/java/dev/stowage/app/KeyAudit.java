package dev.stowage.app;

import dev.stowage.app.config.AuditConfig;
import dev.stowage.app.config.Configuration;
import dev.stowage.app.logging.AuditLines;
import dev.stowage.core.access.ApiKey;
import dev.stowage.core.access.AuditEvent;
import dev.stowage.core.access.Principal;
import dev.stowage.core.access.Rights;
import dev.stowage.core.error.StorageUnavailable;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;

/**
 * Records changes to API keys by the command line in the audit log. Where that is the standard output of the service, commands use their
 * standard error stream, because they print to the other one.
 */
final class KeyAudit {

    private KeyAudit() {}

    /**
     * Checks, before a change, that the audit log is writable when it is required.
     *
     * @throws StartupFailure when changes must be logged and the audit log can't be written to
     */
    static void require(Configuration configuration) {
        AuditConfig config = configuration.audit();
        if (!config.enabled() || !config.required()) {
            return;
        }
        try (AuditLines audit = open(config)) {
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
        AuditConfig config = configuration.audit();
        if (!config.enabled()) {
            return;
        }
        try (AuditLines audit = open(config)) {
            audit.add(event);
            audit.check();
        } catch (IllegalStateException | StorageUnavailable | IOException e) {
            throw failure(e);
        }
    }

    private static AuditLines open(AuditConfig config) {
        return config.file()
                .map(file -> AuditLines.open(file, config.required()))
                .orElseGet(() -> AuditLines.onStandardError(config.required()));
    }

    private static StartupFailure failure(Exception e) {
        return new StartupFailure("AUDIT_LOG_FILE: " + e.getMessage(), e);
    }
}
