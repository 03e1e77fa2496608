package dev.stowage.app.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stowage.app.adapter.StorageAdapters;
import dev.stowage.app.logging.LogConfig;
import dev.stowage.core.config.Settings;
import dev.stowage.core.key.KeyLayout;
import dev.stowage.core.port.StorageProvider;
import dev.stowage.core.quota.ProjectQuotas;
import dev.stowage.http.HttpConfig;
import dev.stowage.jwt.JwtConfig;
import dev.stowage.postgres.PostgresConfig;
import dev.stowage.s3api.S3ApiConfig;
import dev.stowage.webhook.WebhookConfig;
import dev.stowage.worker.WorkerConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Compares the documented settings with those that are read. */
class SettingsDocumentationTest {

    private static final Path FILE = Path.of("../.env.example");
    private static final Path README = Path.of("../README.md");
    private static final Pattern TABLE_ROW = Pattern.compile("^\\| ((?:`[A-Z0-9_]+`(?:, )?)+) \\|");
    private static final Pattern NAME = Pattern.compile("`([A-Z0-9_]+)`");
    private static final Pattern SETTING = Pattern.compile("^#(?=[A-Z0-9_]+=)", Pattern.MULTILINE);

    @Test
    void example_namesEverySetting_andNoOther() throws IOException {
        Settings settings = new Settings(Map.of());

        readAll(settings);

        assertThat(example().keySet()).containsExactlyInAnyOrderElementsOf(settings.names());
    }

    @Test
    void example_showsTheDefaults() throws IOException {
        Settings defaults = new Settings(Map.of());
        Settings example = new Settings(example());

        assertThat(HttpConfig.from(example, "", "local")).isEqualTo(HttpConfig.from(defaults, "", "local"));
        assertThat(WorkerConfig.from(example)).isEqualTo(WorkerConfig.from(defaults));
        assertThat(SpoolConfig.from(example)).isEqualTo(SpoolConfig.from(defaults));
        assertThat(LogConfig.from(example)).isEqualTo(LogConfig.from(defaults));
        assertThat(TelemetryConfig.from(example)).isEqualTo(TelemetryConfig.from(defaults));
        assertThat(AccessConfig.from(example, "127.0.0.1")).isEqualTo(AccessConfig.from(defaults, "127.0.0.1"));
        assertThat(example.text("KEY_LAYOUT")).contains(KeyLayout.DEFAULT_TEMPLATE);
        assertThat(example.text("DATA_DIR")).contains("./data");
        assertThat(example.text("STORAGE_ADAPTER")).contains("local");
        assertThat(example.text("ADAPTER_PATH")).contains("./adapters");
        assertThat(example.problems()).isEmpty();
    }

    @Test
    void readme_namesEverySetting_andNoOther() throws IOException {
        Settings settings = new Settings(Map.of());
        Set<String> named = new HashSet<>();
        for (String line : Files.readAllLines(README)) {
            Matcher first = TABLE_ROW.matcher(line);
            if (first.find()) {
                Matcher name = NAME.matcher(first.group(1));
                while (name.find()) {
                    named.add(name.group(1));
                }
            }
        }

        readAll(settings);

        assertThat(named).containsExactlyInAnyOrderElementsOf(settings.names());
    }

    @Test
    void example_hasASentenceBeforeEverySetting() throws IOException {
        for (String block : Files.readString(FILE).strip().split("\n\n", -1)) {
            assertThat(block).matches("(?s)# [A-Z].*\\.\n?.*").doesNotMatch("(?s)#[A-Z].*");
        }
    }

    private static Map<String, String> example() throws IOException {
        DotEnv file = DotEnv.parse(SETTING.matcher(Files.readString(FILE)).replaceAll(""));
        assertThat(file.problems()).isEmpty();
        return new HashMap<>(file.values());
    }

    private static void readAll(Settings settings) {
        HttpConfig.from(settings, "", "local");
        WorkerConfig.from(settings);
        WebhookConfig.from(settings);
        LogConfig.from(settings);
        TelemetryConfig.from(settings);
        SpoolConfig.from(settings);
        AccessConfig.from(settings, "127.0.0.1");
        JwtConfig.from(settings);
        S3ApiConfig.from(settings, KeyLayout.parse(KeyLayout.DEFAULT_TEMPLATE));
        ProjectQuotas.from(settings, KeyLayout.parse(KeyLayout.DEFAULT_TEMPLATE));
        PostgresConfig.from(settings);
        S3ApiConfig.from(settings, KeyLayout.parse(KeyLayout.DEFAULT_TEMPLATE));
        settings.flag("DATA_DIR_SHARED", false);
        settings.text("KEY_LAYOUT");
        settings.text("DATA_DIR");
        settings.text("AUDIT_LOG_FILE");
        settings.flag("AUDIT_REQUIRED", false);
        StorageAdapters adapters = StorageAdapters.find(settings, Path.of(""));
        adapters.select(settings);
        ImportConfig.from(settings, adapters, Path.of("data"));
        for (StorageProvider provider : ServiceLoader.load(StorageProvider.class)) {
            provider.configure(settings);
        }
    }
}
