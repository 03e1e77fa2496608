package dev.stowage.postgres;

import dev.stowage.core.config.Settings;
import dev.stowage.testkit.postgres.PostgresServer;
import java.util.HashMap;
import java.util.Map;

/** Configurations of databases of the test's server. */
final class TestConfigs {

    private TestConfigs() {}

    /** The URL of a new database of the shared server with the current schema. */
    static String migrated() {
        return PostgresServer.shared().copyOf("migrated", url -> PostgresDatabase.migrate(of(url)));
    }

    /** The name of the database in a URL. */
    static String name(String url) {
        return url.substring(url.lastIndexOf('/') + 1);
    }

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
