package dev.stowage.app.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.stowage.app.adapter.StorageAdapters;
import dev.stowage.app.logging.LogConfig;
import dev.stowage.app.stores.MemoryStore;
import dev.stowage.core.config.Settings;
import dev.stowage.core.error.InvalidInput;
import dev.stowage.core.key.KeyLayout;
import dev.stowage.core.key.ObjectKey;
import dev.stowage.http.HttpConfig;
import dev.stowage.http.console.OidcConfig;
import dev.stowage.worker.WorkerConfig;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigurationTest {

    private static final StorageAdapters ADAPTERS = StorageAdapters.of(List.of(new MemoryStore()));

    @TempDir
    private Path folder;

    @Test
    void from_onlyTheStore_usesTheDefaults() {
        Configuration configuration = from(Map.of());

        assertThat(configuration.layout()).hasToString(KeyLayout.DEFAULT_TEMPLATE);
        assertThat(configuration.dataDirectory()).isEqualTo(Path.of("./data"));
        Settings nothing = new Settings(Map.of());
        assertThat(configuration.log()).isEqualTo(LogConfig.from(nothing));
        assertThat(configuration.http()).isEqualTo(HttpConfig.from(nothing, "1.2.3", "memory"));
        assertThat(configuration.worker()).isEqualTo(WorkerConfig.from(nothing));
    }

    @Test
    void from_everySetting_appliesEach() {
        Map<String, String> values = Map.of(
                "KEY_LAYOUT", "users/{user_id}/{filename**}",
                "DATA_DIR", "/srv/stowage",
                "LOG_LEVEL", "debug",
                "HTTP_PORT", "8080",
                "WORKER_CONCURRENCY", "3");

        Configuration configuration = from(values);

        assertThat(configuration.layout()).hasToString("users/{user_id}/{filename**}");
        assertThat(configuration.dataDirectory()).isEqualTo(Path.of("/srv/stowage"));
        Settings settings = new Settings(values);
        assertThat(configuration.log()).isEqualTo(LogConfig.from(settings));
        assertThat(configuration.http()).isEqualTo(HttpConfig.from(settings, "1.2.3", "memory"));
        assertThat(configuration.worker()).isEqualTo(WorkerConfig.from(settings));
    }

    @Test
    void from_anyLayout_refusesKeysNamedAsRoutes() {
        for (String template : List.of("open", "{folder}/{filename**}")) {
            KeyLayout layout = from(Map.of("KEY_LAYOUT", template)).layout();

            for (String key : List.of("multipart/upload-part", "upload/batch", "download/a")) {
                assertThatThrownBy(() -> layout.check(new ObjectKey(key)))
                        .isInstanceOfSatisfying(
                                InvalidInput.class,
                                error -> assertThat(error.detail()).containsEntry("reason", "reserved"));
            }
        }
        assertThatThrownBy(() -> from(Map.of("KEY_LAYOUT", "metadata/{filename**}")))
                .hasMessageContaining("KEY_LAYOUT")
                .hasMessageContaining("reserved");
    }

    @Test
    void from_invalidSettings_listsAll() {
        InvalidConfiguration failure = catchThrowableOfType(
                InvalidConfiguration.class,
                () -> from(Map.of(
                        "STORAGE_ADAPTER", "tape",
                        "KEY_LAYOUT", "{a**}/b",
                        "HTTP_PORT", "99999",
                        "UPLOAD_TTL", "soon",
                        "LOG_FORMAT", "xml")));

        assertThat(String.valueOf(failure.getMessage()).lines())
                .containsExactly(
                        "5 settings are invalid:",
                        "  STORAGE_ADAPTER: 'tape' is not an adapter; use one of memory",
                        "  LOG_FORMAT: 'xml' is not auto, text or json",
                        "  HTTP_PORT: '99999' is not between 0 and 65535",
                        "  UPLOAD_TTL: 'soon' is not a duration such as 90s, 5m, 24h or 7d",
                        "  KEY_LAYOUT: '{a**}/b' {a**} must be the last segment",
                        "Settings are read from the environment, then from the file .env in the working folder; .env.example describes each.");
    }

    @Test
    void from_signInAtAProvider_needsTokensToBeAccepted_andBothSettings() {
        Map<String, String> provider = Map.of(
                "CONSOLE_OIDC_ISSUER", "https://id.example/realm/",
                "CONSOLE_OIDC_CLIENT_ID", "console",
                "CONSOLE_OIDC_ORIGINS", "https://token.example:8443, http://localhost:8080");
        Map<String, String> tokens = Map.of(
                "JWT_JWKS_URL", "https://id.example/keys", "JWT_ISSUER", "https://id.example", "JWT_AUDIENCE", "files");

        assertThat(from(with(provider, with(tokens, Map.of("AUTH_MODE", "keys,jwt"))))
                        .http()
                        .console()
                        .oidc())
                .contains(new OidcConfig(
                        URI.create("https://id.example/realm/"),
                        "console",
                        "openid profile",
                        "files",
                        List.of("https://token.example:8443", "http://localhost:8080")));
        for (String mode : List.of("none", "keys")) {
            assertThatThrownBy(() -> from(with(provider, Map.of("AUTH_MODE", mode))))
                    .hasMessageContaining("CONSOLE_OIDC_ISSUER: is set, but AUTH_MODE accepts no tokens");
        }
        assertThatThrownBy(() -> from(Map.of("CONSOLE_OIDC_CLIENT_ID", "console", "CONSOLE_OIDC_SCOPES", "profile")))
                .hasMessageContainingAll(
                        "CONSOLE_OIDC_CLIENT_ID: is set, but CONSOLE_OIDC_ISSUER is not",
                        "CONSOLE_OIDC_SCOPES: 'profile' does not contain openid");
        for (String origin : List.of(
                "http://token.example",
                "https://token.example/",
                "https://a@b",
                "*",
                "https:",
                "https://a; img-src *")) {
            assertThatThrownBy(() -> from(Map.of("CONSOLE_OIDC_ORIGINS", origin)))
                    .as(origin)
                    .hasMessageContaining("CONSOLE_OIDC_ORIGINS: '" + origin + "' is not a list of origins");
        }
        assertThatThrownBy(() -> from(Map.of("CONSOLE_OIDC_ISSUER", "http://id.example/?a=b")))
                .hasMessageContainingAll(
                        "CONSOLE_OIDC_ISSUER: is http; use https",
                        "CONSOLE_OIDC_ISSUER: has a query",
                        "CONSOLE_OIDC_ISSUER: is set, but CONSOLE_OIDC_CLIENT_ID is not");
    }

    private static Map<String, String> with(Map<String, String> some, Map<String, String> others) {
        Map<String, String> all = new HashMap<>(some);
        all.putAll(others);
        return all;
    }

    @Test
    void load_prefersTheEnvironment_overTheFile() throws IOException {
        Files.writeString(folder.resolve(".env"), "HTTP_PORT=1111\nHTTP_HOST=127.0.0.9\nS3_BUCKET_NAME=files\n");

        Configuration configuration = Configuration.load(
                Map.of("STORAGE_ADAPTER", "memory", "HTTP_PORT", "2222", "S3_BUCKET_NAME", ""), folder, "1.2.3");

        assertThat(configuration.http().listener().port()).isEqualTo(2222);
        assertThat(configuration.http().listener().host()).isEqualTo("127.0.0.9");
    }

    @Test
    void load_withAnInvalidFile_listsItsProblemsWithTheOthers_withoutSecrets() throws IOException {
        Files.writeString(folder.resolve(".env"), "HTTP_PORT=x\nS3_SECRET_ACCESS_KEY hunter2\n");

        InvalidConfiguration failure = catchThrowableOfType(
                InvalidConfiguration.class,
                () -> Configuration.load(Map.of("STORAGE_ADAPTER", "memory"), folder, "1.2.3"));

        assertThat(failure)
                .hasMessageContainingAll(
                        "2 settings are invalid",
                        ".env: line 2 is neither NAME=value nor a comment",
                        "HTTP_PORT: 'x' is not a whole number")
                .hasMessageNotContaining("hunter2");
    }

    @Test
    void from_auditLogOnStandardOutput_needsNoFile_andCanBeRequired() {
        AuditConfig audit = from(Map.of("AUDIT_LOG_FILE", "stdout", "AUDIT_REQUIRED", "true"))
                .audit();

        assertThat(audit).isEqualTo(new AuditConfig(true, Optional.empty(), true));
        assertThat(audit.enabled()).isTrue();
    }

    @Test
    void from_auditLogOff_cannotBeRequired() {
        assertThat(from(Map.of("AUDIT_LOG_FILE", "none")).audit().enabled()).isFalse();
        assertThatThrownBy(() -> from(Map.of("AUDIT_LOG_FILE", "none", "AUDIT_REQUIRED", "true")))
                .isInstanceOf(InvalidConfiguration.class)
                .hasMessageContaining("AUDIT_REQUIRED: needs an audit log; remove AUDIT_LOG_FILE=none");
    }

    @Test
    void from_postgresWithTheEmbeddedStore_isRefused_unlessTheFolderIsShared() {
        Map<String, String> embedded = Map.of("DATABASE_URL", "postgresql://stowage@db/stowage");

        assertThatThrownBy(() -> installed(embedded))
                .isInstanceOf(InvalidConfiguration.class)
                .hasMessageContaining("DATABASE_URL: with the embedded store, each node would have files of its own")
                .hasMessageContaining("DATA_DIR_SHARED=true");

        Map<String, String> shared = new HashMap<>(embedded);
        shared.put("DATA_DIR_SHARED", "true");
        assertThat(installed(shared).database()).isPresent();
        Map<String, String> bucket = new HashMap<>(embedded);
        bucket.put("S3_BUCKET_NAME", "files");
        assertThat(installed(bucket).database()).isPresent();
    }

    @Test
    void from_sharedFolderWithoutPostgres_isRefused() {
        assertThatThrownBy(() -> installed(Map.of("DATA_DIR_SHARED", "true")))
                .isInstanceOf(InvalidConfiguration.class)
                .hasMessageContaining("DATA_DIR_SHARED: is set, but DATABASE_URL is not");
        assertThat(installed(Map.of()).database()).isEmpty();
    }

    /** With the stores of the jar. */
    private static Configuration installed(Map<String, String> values) {
        Settings settings = new Settings(values);
        return Configuration.from(settings, StorageAdapters.find(settings, Path.of("")), "1.2.3");
    }

    private static Configuration from(Map<String, String> values) {
        Map<String, String> all = new HashMap<>(values);
        all.putIfAbsent("STORAGE_ADAPTER", "memory");
        return Configuration.from(new Settings(all), ADAPTERS, "1.2.3");
    }
}
