package dev.stowage.worker.sqlite;

import dev.stowage.core.multipart.ProcessId;
import dev.stowage.core.port.records.ApiKeys;
import dev.stowage.testkit.ApiKeysContract;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

final class SqliteKeysTest extends ApiKeysContract {

    @TempDir
    Path folder;

    private final Deque<WorkerDatabase> databases = new ArrayDeque<>();

    @AfterEach
    void close() {
        databases.forEach(WorkerDatabase::close);
    }

    @Override
    protected ApiKeys open() {
        WorkerDatabase database = WorkerDatabase.open(folder.resolve("worker.db"), new ProcessId("this"));
        databases.push(database);
        return database.repositories().keys();
    }

    @Override
    protected ApiKeys reopen() {
        return open();
    }
}
