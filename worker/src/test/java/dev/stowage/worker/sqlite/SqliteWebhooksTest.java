package dev.stowage.worker.sqlite;

import dev.stowage.core.multipart.ProcessId;
import dev.stowage.core.port.records.EventLog;
import dev.stowage.core.port.records.WebhookRecords;
import dev.stowage.testkit.WebhookRecordsContract;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

final class SqliteWebhooksTest extends WebhookRecordsContract {

    @TempDir
    Path folder;

    private final Deque<WorkerDatabase> databases = new ArrayDeque<>();

    @AfterEach
    void close() {
        databases.forEach(WorkerDatabase::close);
    }

    @Override
    protected WebhookRecords open() {
        WorkerDatabase database = WorkerDatabase.open(folder.resolve("worker.db"), new ProcessId("this"));
        databases.push(database);
        return database.repositories().webhooks();
    }

    @Override
    protected EventLog events() {
        return databases.getFirst().repositories().events();
    }

    @Override
    protected WebhookRecords reopen() {
        return open();
    }
}
