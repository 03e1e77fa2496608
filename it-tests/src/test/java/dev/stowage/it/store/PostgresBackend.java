package dev.stowage.it.store;

import dev.stowage.testkit.postgres.PostgresServer;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** PostgreSQL, one server for all tests of a JVM, and an S3 server within the tests' own process. */
final class PostgresBackend implements Backend {

    private final PostgresServer server;
    private final Backend files;
    private final Map<Path, String> databases = new ConcurrentHashMap<>();

    private PostgresBackend(PostgresServer server, Backend files) {
        this.server = server;
        this.files = files;
    }

    static PostgresBackend start() {
        return new PostgresBackend(PostgresServer.shared(), S3ProxyBackend.start());
    }

    @Override
    public String bucket() {
        return files.bucket();
    }

    @Override
    public Map<String, String> settings() {
        return files.settings();
    }

    @Override
    public Optional<String> database(Path folder) {
        return Optional.of(databases.computeIfAbsent(folder, none -> server.newDatabase()));
    }

    @Override
    public Optional<OutsideClient> outside() {
        return files.outside();
    }

    @Override
    public boolean readsOneVersion() {
        return files.readsOneVersion();
    }

    @Override
    public void close() {
        files.close();
    }
}
