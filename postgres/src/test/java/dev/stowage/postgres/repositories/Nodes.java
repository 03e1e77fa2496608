package dev.stowage.postgres.repositories;

import dev.stowage.core.config.Settings;
import dev.stowage.core.multipart.ProcessId;
import dev.stowage.postgres.PostgresConfig;
import dev.stowage.postgres.PostgresDatabase;
import dev.stowage.repositories.Repositories;
import dev.stowage.testkit.postgres.PostgresServer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;

/** Several nodes with one empty database. */
final class Nodes implements AutoCloseable {

    private final PostgresConfig config =
            config(PostgresServer.shared().copyOf("migrated", url -> PostgresDatabase.migrate(config(url))));
    private final Deque<PostgresDatabase> databases = new ArrayDeque<>();

    /** Opens the repositories of another node. */
    Repositories open(ProcessId process) {
        PostgresDatabase database = PostgresDatabase.open(config, false);
        databases.push(database);
        return new Repositories(database, process);
    }

    Repositories open() {
        return open(ProcessId.random());
    }

    @Override
    public void close() {
        databases.forEach(PostgresDatabase::close);
    }

    private static PostgresConfig config(String url) {
        Settings settings = new Settings(Map.of("DATABASE_URL", url, "DATABASE_POOL_SIZE", "4"));
        return PostgresConfig.from(settings).orElseThrow(() -> new IllegalStateException(settings.problems() + ""));
    }
}
