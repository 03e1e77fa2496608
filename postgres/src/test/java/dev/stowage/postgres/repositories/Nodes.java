package dev.stowage.postgres.repositories;

import dev.stowage.core.config.Settings;
import dev.stowage.core.multipart.ProcessId;
import dev.stowage.postgres.PostgresConfig;
import dev.stowage.postgres.PostgresDatabase;
import dev.stowage.repositories.Repositories;
import dev.stowage.testkit.postgres.LentDatabase;
import dev.stowage.testkit.postgres.PostgresServer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.function.UnaryOperator;

/** Several nodes with one empty database. */
final class Nodes implements AutoCloseable {

    private final LentDatabase lent = PostgresServer.shared().lend(url -> PostgresDatabase.migrate(config(url)));
    private final Deque<PostgresDatabase> databases = new ArrayDeque<>();
    private final PostgresConfig config;

    Nodes() {
        this(url -> url);
    }

    /** @param address the URL that the nodes use, made from that of the database */
    Nodes(UnaryOperator<String> address) {
        config = config(address.apply(lent.url()));
    }

    /** Opens the repositories of another node. */
    Repositories open(ProcessId process) {
        return new Repositories(database(), process);
    }

    Repositories open() {
        return open(ProcessId.random());
    }

    /** Opens the database of another node. */
    PostgresDatabase database() {
        PostgresDatabase database = PostgresDatabase.open(config);
        databases.push(database);
        return database;
    }

    @Override
    public void close() {
        databases.forEach(PostgresDatabase::close);
        lent.close();
    }

    private static PostgresConfig config(String url) {
        Settings settings = new Settings(Map.of("DATABASE_URL", url, "DATABASE_POOL_SIZE", "4"));
        return PostgresConfig.from(settings).orElseThrow(() -> new IllegalStateException(settings.problems() + ""));
    }
}
