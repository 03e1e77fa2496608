package dev.stowage.worker.sqlite;

import dev.stowage.core.multipart.ProcessId;
import dev.stowage.core.port.records.ArchiveRecords;
import dev.stowage.testkit.ArchiveRecordsContract;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

final class SqliteArchivesTest extends ArchiveRecordsContract {

    @TempDir
    Path folder;

    private final Deque<WorkerDatabase> databases = new ArrayDeque<>();

    @AfterEach
    void close() {
        databases.forEach(WorkerDatabase::close);
    }

    @Override
    protected ArchiveRecords open() {
        WorkerDatabase database = WorkerDatabase.open(folder.resolve("worker.db"), new ProcessId("this"));
        databases.push(database);
        return database.repositories().archives();
    }

    @Override
    protected ArchiveRecords reopen() {
        return open();
    }
}
