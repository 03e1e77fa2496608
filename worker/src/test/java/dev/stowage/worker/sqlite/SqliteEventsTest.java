package dev.stowage.worker.sqlite;

import dev.stowage.core.multipart.ProcessId;
import dev.stowage.repositories.Repositories;
import dev.stowage.testkit.EventLogContract;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

final class SqliteEventsTest extends EventLogContract {

    @TempDir
    Path folder;

    private final Deque<WorkerDatabase> databases = new ArrayDeque<>();

    @Override
    protected Member as(ProcessId process) {
        WorkerDatabase database = WorkerDatabase.open(folder.resolve("worker.db"), process);
        databases.push(database);
        Repositories repositories = database.repositories();
        return new Member(repositories.events(), repositories.changeIntents(), repositories.leases());
    }

    @AfterEach
    void close() {
        databases.forEach(WorkerDatabase::close);
    }
}
