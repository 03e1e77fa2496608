package dev.stowage.worker.sqlite;

import dev.stowage.core.multipart.ProcessId;
import dev.stowage.testkit.ExpiryRecordsContract;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

final class SqliteExpiryTest extends ExpiryRecordsContract {

    @TempDir
    Path folder;

    private final Deque<WorkerDatabase> databases = new ArrayDeque<>();

    @AfterEach
    void close() {
        databases.forEach(WorkerDatabase::close);
    }

    @Override
    protected Member open() {
        WorkerDatabase database = WorkerDatabase.open(folder.resolve("worker.db"), new ProcessId("this"));
        databases.push(database);
        return new Member(
                database.repositories().expiry(), database.repositories().events());
    }
}
