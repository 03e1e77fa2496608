package dev.stowage.worker.sqlite;

import dev.stowage.core.multipart.ProcessId;
import dev.stowage.core.port.records.UploadSessions;
import dev.stowage.testkit.ResumableUploadsContract;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import org.junit.jupiter.api.io.TempDir;

final class SqliteResumablesTest extends ResumableUploadsContract {

    @TempDir
    Path folder;

    private final Deque<WorkerDatabase> databases = new ArrayDeque<>();

    @Override
    protected UploadSessions open() {
        WorkerDatabase database = WorkerDatabase.open(folder.resolve("worker.db"), ProcessId.random());
        databases.push(database);
        return database.repositories().sessions();
    }

    @Override
    protected UploadSessions reopen() {
        return open();
    }

    @Override
    protected void close() {
        databases.forEach(WorkerDatabase::close);
    }
}
