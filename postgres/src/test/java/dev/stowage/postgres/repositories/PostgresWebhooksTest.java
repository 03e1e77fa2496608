package dev.stowage.postgres.repositories;

import dev.stowage.core.port.records.EventLog;
import dev.stowage.core.port.records.WebhookRecords;
import dev.stowage.testkit.WebhookRecordsContract;
import org.junit.jupiter.api.AfterEach;

final class PostgresWebhooksTest extends WebhookRecordsContract {

    private final Nodes nodes = new Nodes();

    @Override
    protected WebhookRecords open() {
        return nodes.open().webhooks();
    }

    @Override
    protected EventLog events() {
        return nodes.open().events();
    }

    @Override
    protected WebhookRecords reopen() {
        return open();
    }

    @AfterEach
    void close() {
        nodes.close();
    }
}
