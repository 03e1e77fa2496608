package dev.stowage.postgres;

import dev.stowage.core.config.Settings;
import java.util.HashMap;
import java.util.Map;

/** Configurations of databases of the test's server. */
final class TestConfigs {

    private TestConfigs() {}

    static PostgresConfig of(String url) {
        return of(url, Map.of());
    }

    static PostgresConfig of(String url, Map<String, String> more) {
        Map<String, String> values = new HashMap<>(more);
        values.put("DATABASE_URL", url);
        Settings settings = new Settings(values);
        return PostgresConfig.from(settings)
                .orElseThrow(() -> new AssertionError(settings.problems().toString()));
    }
}
