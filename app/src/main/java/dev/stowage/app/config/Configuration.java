package dev.stowage.app.config;

import dev.stowage.app.adapter.StorageAdapters;
import dev.stowage.app.logging.LogConfig;
import dev.stowage.core.config.Settings;
import dev.stowage.core.key.KeyLayout;
import dev.stowage.core.port.StorageOpener;
import dev.stowage.core.quota.ProjectQuotas;
import dev.stowage.http.HttpConfig;
import dev.stowage.http.route.ReservedKeys;
import dev.stowage.postgres.PostgresConfig;
import dev.stowage.s3api.S3ApiConfig;
import dev.stowage.webhook.WebhookConfig;
import dev.stowage.worker.WorkerConfig;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The configuration of the service.
 *
 * @param s3Api the S3 API, if it is enabled
 * @param access how requests are authenticated
 * @param layout the shape of keys that may be written
 * @param quotas how much each project may hold
 * @param audit the audit log's settings
 * @param database PostgreSQL; empty for a file in the data directory
 * @param dataDirectory where local data is kept; need not exist yet
 * @param spool where bodies are kept that can't be streamed to the store
 * @param store the configured store, ready to be opened
 * @param imports the stores that files can be imported from
 * @param unusableAdapters a line for each adapter in {@code ADAPTER_PATH} that can't be used, with the reason
 */
public record Configuration(
        LogConfig log,
        TelemetryConfig telemetry,
        HttpConfig http,
        Optional<S3ApiConfig> s3Api,
        WorkerConfig worker,
        WebhookConfig webhooks,
        AccessConfig access,
        KeyLayout layout,
        ProjectQuotas quotas,
        AuditConfig audit,
        Optional<PostgresConfig> database,
        Path dataDirectory,
        SpoolConfig spool,
        StorageOpener store,
        ImportConfig imports,
        List<String> unusableAdapters) {

    private static final String DATABASE_URL = "DATABASE_URL";
    private static final String DATA_DIR_SHARED = "DATA_DIR_SHARED";

    /**
     * Reads the settings from the environment, then from {@code .env}, then from the defaults.
     *
     * @param folder the working directory, where {@code .env} is looked for, and {@code ADAPTER_PATH} starts from
     * @param version of the service
     * @throws InvalidConfiguration when any setting is invalid; it lists all problems
     */
    public static Configuration load(Map<String, String> environment, Path folder, String version) {
        DotEnv file = DotEnv.read(folder.resolve(".env"));
        Map<String, String> values = new HashMap<>(file.values());
        values.putAll(environment);
        Settings settings = new Settings(values);
        file.problems().forEach(problem -> settings.problem(".env", problem));
        return from(settings, StorageAdapters.find(settings, folder), version);
    }

    static Configuration from(Settings settings, StorageAdapters adapters, String version) {
        Optional<StorageOpener> store = adapters.select(settings);
        LogConfig log = LogConfig.from(settings);
        TelemetryConfig telemetry = TelemetryConfig.from(settings);
        HttpConfig http = HttpConfig.from(settings, version, StorageAdapters.name(settings));
        WorkerConfig worker = WorkerConfig.from(settings);
        AccessConfig access = AccessConfig.from(settings, http.listener().host());
        if (http.console().oidc().isPresent() && access.jwt().isEmpty()) {
            settings.problem(
                    "CONSOLE_OIDC_ISSUER",
                    "is set, but AUTH_MODE accepts no tokens; set AUTH_MODE=jwt or keys,jwt, and JWT_ISSUER and the others");
        }
        KeyLayout layout = settings.read("KEY_LAYOUT", layout(KeyLayout.DEFAULT_TEMPLATE), Configuration::layout);
        Optional<S3ApiConfig> s3Api = S3ApiConfig.from(settings, layout);
        if (s3Api.filter(api -> api.port() > 0 && api.port() == http.listener().port())
                .isPresent()) {
            settings.problem("S3_API_PORT", "is that of HTTP_PORT; choose another one");
        }
        if (s3Api.isPresent() && access.isGuarded() && !access.modes().contains(AccessConfig.Mode.KEYS)) {
            settings.problem("S3_API_PORT", "needs API keys, as S3 has no tokens; set AUTH_MODE=keys,jwt");
        }
        ProjectQuotas quotas = ProjectQuotas.from(settings, layout);
        Path dataDirectory = settings.read("DATA_DIR", Path.of("./data"), Path::of);
        AuditConfig audit = AuditConfig.from(settings, dataDirectory);
        SpoolConfig spool = SpoolConfig.from(settings);
        Optional<PostgresConfig> database = database(settings);
        ImportConfig imports = ImportConfig.from(settings, adapters, dataDirectory);
        if (store.isEmpty() || !settings.problems().isEmpty()) {
            throw new InvalidConfiguration(settings.problems());
        }
        return new Configuration(
                log,
                telemetry,
                http,
                s3Api,
                worker,
                WebhookConfig.from(settings),
                access,
                layout,
                quotas,
                audit,
                database,
                dataDirectory,
                spool,
                store.get(),
                imports,
                adapters.unusable());
    }

    private static Optional<PostgresConfig> database(Settings settings) {
        boolean sharedFolder = settings.flag(DATA_DIR_SHARED, false);
        boolean postgres = settings.text(DATABASE_URL).isPresent();
        if (postgres && StorageAdapters.isEmbedded(settings) && !sharedFolder) {
            settings.problem(
                    DATABASE_URL,
                    "with the embedded store, each node would have files of its own; set S3_BUCKET_NAME, or "
                            + DATA_DIR_SHARED + "=true if DATA_DIR is the same folder on all nodes");
        }
        if (sharedFolder && !postgres) {
            settings.problem(DATA_DIR_SHARED, "is set, but " + DATABASE_URL + " is not");
        }
        return PostgresConfig.from(settings);
    }

    private static KeyLayout layout(String template) {
        return KeyLayout.parse(template).reserving(ReservedKeys.NAMES);
    }
}
