package dev.stowage.app;

import dev.stowage.app.config.AuditConfig;
import dev.stowage.app.config.Configuration;
import dev.stowage.app.logging.AuditLines;
import dev.stowage.core.access.AccessPolicy;
import dev.stowage.core.access.AuditLog;
import dev.stowage.core.access.Principal;
import dev.stowage.core.access.Rights;
import dev.stowage.core.apikey.ApiKeyManagement;
import dev.stowage.core.error.StorageUnavailable;
import java.io.IOException;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * Management of API keys by the operator of the machine, who has all rights. Changes are written to the audit log. Where that is the
 * standard output of the service, commands use their standard error stream, because they print to the other one.
 */
final class OperatorKeys {

    private OperatorKeys() {}

    /**
     * Makes a change.
     *
     * @param change gets the operator as the principal
     * @throws StartupFailure when the audit log can't be written; before the change if the log is required, otherwise the change is not
     *     undone
     */
    static <T> T change(Configuration configuration, BiFunction<ApiKeyManagement, Principal, T> change) {
        AuditConfig config = configuration.audit();
        if (!config.enabled()) {
            return with(configuration, AuditLog.NONE, keys -> change.apply(keys, operator()));
        }
        try (AuditLines audit = open(config)) {
            audit.require();
            T made = with(configuration, audit, keys -> change.apply(keys, operator()));
            audit.check();
            return made;
        } catch (IllegalStateException | StorageUnavailable | IOException e) {
            throw new StartupFailure("AUDIT_LOG_FILE: " + e.getMessage(), e);
        }
    }

    /** Runs a query, which is not written to the audit log. */
    static <T> T query(Configuration configuration, BiFunction<ApiKeyManagement, Principal, T> query) {
        return with(configuration, AuditLog.NONE, keys -> query.apply(keys, operator()));
    }

    private static <T> T with(Configuration configuration, AuditLog audit, Function<ApiKeyManagement, T> work) {
        AccessPolicy policy = new AccessPolicy(configuration.layout(), audit);
        try (ServiceDatabase database = ServiceDatabase.openOrCreate(configuration)) {
            return work.apply(new ApiKeyManagement(
                    database.repositories().keys(),
                    configuration.layout(),
                    policy,
                    S3MasterSecret.open(configuration),
                    database.clock()));
        }
    }

    private static Principal operator() {
        return Principal.of("operator", System.getProperty("user.name", ""), Rights.ALL);
    }

    private static AuditLines open(AuditConfig config) {
        return config.file()
                .map(file -> AuditLines.open(file, config.required()))
                .orElseGet(() -> AuditLines.onStandardError(config.required()));
    }
}
