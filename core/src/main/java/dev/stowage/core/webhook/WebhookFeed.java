package dev.stowage.core.webhook;

import dev.stowage.core.access.Action;
import dev.stowage.core.access.Permissions;
import dev.stowage.core.access.Principal;
import dev.stowage.core.event.LoggedEvent;
import dev.stowage.core.event.Webhook;
import dev.stowage.core.eventlog.Events;
import dev.stowage.core.port.Page;
import dev.stowage.core.port.records.WebhookRecords;
import dev.stowage.core.port.service.EventSink;
import dev.stowage.core.port.service.Principals;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Adds the deliveries of events to the webhooks that want them. Repeating that is harmless. Webhooks are read after the events, and one that
 * was created since wants only later events, so none is missed.
 */
final class WebhookFeed implements EventSink {

    private final WebhookRecords records;
    private final Principals principals;
    private final Permissions permissions;
    private final InstantSource clock;

    WebhookFeed(WebhookRecords records, Principals principals, Permissions permissions, InstantSource clock) {
        this.records = records;
        this.principals = principals;
        this.permissions = permissions;
        this.clock = clock;
    }

    @Override
    public String id() {
        return "webhooks";
    }

    @Override
    public OptionalLong after() {
        return records.after();
    }

    @Override
    public void take(List<LoggedEvent> events) {
        Optional<Long> position = Optional.of(0L);
        while (position.isPresent()) {
            Page<Webhook, Long> page = records.enabled(WebhookRecords.MAX_AT_ONCE, position.get());
            page.items().forEach(webhook -> take(webhook, events));
            position = page.next();
        }
    }

    private void take(Webhook webhook, List<LoggedEvent> events) {
        Principal owner = principals.owner(webhook.owner());
        List<LoggedEvent> wanted = events.stream()
                .filter(event -> event.id() > webhook.health().after() && admits(webhook, owner, event))
                .toList();
        if (!wanted.isEmpty()) {
            records.deliver(webhook, wanted, clock.instant());
        }
    }

    /** Whether a receiver gets an event, by the current rights of the owner. */
    boolean admits(Webhook webhook, Principal owner, LoggedEvent event) {
        return owner.rights().actions().contains(Action.WEBHOOKS)
                && new Events.Filter(webhook.types(), webhook.prefix()).admits(event.event(), owner, permissions);
    }
}
