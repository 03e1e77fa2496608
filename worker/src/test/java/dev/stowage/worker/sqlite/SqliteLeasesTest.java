package dev.stowage.worker.sqlite;

import dev.stowage.core.multipart.ProcessId;
import dev.stowage.core.port.records.Leases;
import dev.stowage.testkit.LeasesContract;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import org.junit.jupiter.api.io.TempDir;

final class SqliteLeasesTest extends LeasesContract {

    @TempDir
    Path folder;

    private final Deque<WorkerDatabase> databases = new ArrayDeque<>();

    @Override
    protected Leases open(ProcessId process) {
        WorkerDatabase database = WorkerDatabase.open(folder.resolve("worker.db"), process);
        databases.push(database);
        return database.repositories().leases();
    }

    @Override
    protected void close() {
        databases.forEach(WorkerDatabase::close);
    }
}
