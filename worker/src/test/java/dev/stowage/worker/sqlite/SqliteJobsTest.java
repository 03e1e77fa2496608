package dev.stowage.worker.sqlite;

import dev.stowage.core.multipart.ProcessId;
import dev.stowage.testkit.BatchJobsContract;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

final class SqliteJobsTest extends BatchJobsContract {

    @TempDir
    Path folder;

    private final Deque<WorkerDatabase> databases = new ArrayDeque<>();

    @Override
    protected Member as(ProcessId process) {
        WorkerDatabase database = WorkerDatabase.open(folder.resolve("worker.db"), process);
        databases.push(database);
        return new Member(
                database.repositories().jobs(), database.repositories().leases());
    }

    @AfterEach
    void close() {
        databases.forEach(WorkerDatabase::close);
    }
}
