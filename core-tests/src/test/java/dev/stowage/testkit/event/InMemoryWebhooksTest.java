package dev.stowage.testkit.event;

import dev.stowage.core.event.Event;
import dev.stowage.core.port.records.EventLog;
import dev.stowage.core.port.records.WebhookRecords;
import dev.stowage.testkit.InMemoryEvents;
import dev.stowage.testkit.InMemoryWebhooks;
import dev.stowage.testkit.WebhookRecordsContract;
import java.util.List;

final class InMemoryWebhooksTest extends WebhookRecordsContract {

    private final InMemoryEvents events = new InMemoryEvents();
    private final InMemoryWebhooks webhooks = new InMemoryWebhooks();

    @Override
    protected WebhookRecords open() {
        return webhooks;
    }

    @Override
    protected EventLog events() {
        return events;
    }

    @Override
    protected WebhookRecords reopen() {
        return webhooks;
    }

    @Override
    protected List<Event> recorded() {
        return webhooks.recorded();
    }
}
