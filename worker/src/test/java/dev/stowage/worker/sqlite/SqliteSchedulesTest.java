package dev.stowage.worker.sqlite;

import dev.stowage.core.multipart.ProcessId;
import dev.stowage.core.port.records.JobSchedules;
import dev.stowage.testkit.JobSchedulesContract;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

final class SqliteSchedulesTest extends JobSchedulesContract {

    @TempDir
    Path folder;

    private final Deque<WorkerDatabase> databases = new ArrayDeque<>();

    @AfterEach
    void close() {
        databases.forEach(WorkerDatabase::close);
    }

    @Override
    protected JobSchedules open() {
        WorkerDatabase database = WorkerDatabase.open(folder.resolve("worker.db"), new ProcessId("this"));
        databases.push(database);
        return database.repositories().schedules();
    }

    @Override
    protected JobSchedules reopen() {
        return open();
    }
}
