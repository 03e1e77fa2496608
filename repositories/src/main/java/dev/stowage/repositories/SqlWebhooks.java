package dev.stowage.repositories;

import dev.stowage.core.error.TooManyOpen;
import dev.stowage.core.event.Event;
import dev.stowage.core.event.LoggedEvent;
import dev.stowage.core.event.Webhook;
import dev.stowage.core.event.WebhookDelivery;
import dev.stowage.core.port.Page;
import dev.stowage.core.port.records.WebhookRecords;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Webhooks in an SQL database. Their deliveries are in {@link WebhookDeliveryTable}. */
final class SqlWebhooks implements WebhookRecords {

    private final SqlDatabase database;
    private final WebhookDeliveryTable deliveries;

    SqlWebhooks(SqlDatabase database) {
        this.database = database;
        this.deliveries = new WebhookDeliveryTable(database.dialect());
    }

    @Override
    public void add(Webhook webhook, int max) {
        String owner = webhook.owner().orElse("");
        int unused = database.add(handle -> {
            database.dialect().lock(handle, List.of("webhooks of " + owner));
            int count = handle.createQuery("SELECT count(*) FROM webhook WHERE coalesce(owner, '') = :owner")
                    .bind("owner", owner)
                    .mapTo(Integer.class)
                    .one();
            if (count >= max) {
                throw TooManyOpen.webhooks(max);
            }
            return WebhookRows.bind(
                            handle.createUpdate(
                                    "INSERT INTO webhook (id, owner, url, types, prefix, secret, former_secret, former_until, created_at,"
                                            + " enabled, after_event, failing_since, reason, version) VALUES (:id, :owner,"
                                            + " :url, :types, :prefix, :secret, :former, :until, :created, :enabled, :after, :failing,"
                                            + " :reason, :version)"),
                            webhook)
                    .bind("owner", webhook.owner())
                    .bind("created", webhook.createdAt().toEpochMilli())
                    .execute();
        });
    }

    @Override
    public Optional<Webhook> find(String id) {
        return database.read(handle -> handle.createQuery("SELECT * FROM webhook WHERE id = :id")
                .bind("id", id)
                .map((row, context) -> WebhookRows.row(row).webhook())
                .findOne());
    }

    @Override
    public Page<Webhook, Long> list(Optional<String> owner, int max, long after) {
        return database.read(handle -> WebhookRows.page(
                handle.createQuery("SELECT * FROM webhook WHERE coalesce(owner, '') = :owner"
                                + " AND number > :after ORDER BY number LIMIT :limit")
                        .bind("owner", owner.orElse(""))
                        .bind("after", after),
                max));
    }

    @Override
    public boolean change(Webhook from, Webhook to, Optional<Event> event) {
        return database.write(handle -> {
            int changed = WebhookRows.bind(
                            handle.createUpdate(
                                    "UPDATE webhook SET url = :url, types = :types, prefix = :prefix, secret = :secret,"
                                            + " former_secret = :former, former_until = :until,"
                                            + " enabled = :enabled, after_event = :after, failing_since = :failing,"
                                            + " reason = :reason, version = :version WHERE id = :id AND version = :from"),
                            to)
                    .bind("from", from.version())
                    .execute();
            if (changed == 1) {
                WaitingEventTable.add(handle, event.stream().toList());
            }
            return changed == 1;
        });
    }

    @Override
    public void remove(String id) {
        int unused = database.write(handle -> handle.execute("DELETE FROM webhook WHERE id = ?", id));
    }

    @Override
    public OptionalLong after() {
        return database.read(handle -> handle
                .createQuery("SELECT after_event FROM webhook WHERE enabled = 1 ORDER BY after_event LIMIT 1")
                .mapTo(Long.class)
                .stream()
                .mapToLong(Long::longValue)
                .findFirst());
    }

    @Override
    public Page<Webhook, Long> enabled(int max, long after) {
        return database.read(handle -> WebhookRows.page(
                handle.createQuery(
                                "SELECT * FROM webhook WHERE enabled = 1 AND number > :after ORDER BY number LIMIT :limit")
                        .bind("after", after),
                max));
    }

    @Override
    public Page<Webhook, Long> due(Instant now, int max, long after) {
        return database.read(handle -> WebhookRows.page(
                handle.createQuery("SELECT * FROM webhook w WHERE w.enabled = 1 AND w.number > :after"
                                + " AND EXISTS (SELECT 1 FROM webhook_delivery d WHERE d.webhook = w.number"
                                + " AND d.state = 0 AND d.due_at <= :now) ORDER BY w.number LIMIT :limit")
                        .bind("after", after)
                        .bind("now", now.toEpochMilli()),
                max));
    }

    @Override
    public void deliver(Webhook webhook, List<LoggedEvent> events, Instant now) {
        boolean unused = database.add(handle -> {
            deliveries.add(handle, webhook.id(), events, now);
            return true;
        });
    }

    @Override
    public List<WebhookDelivery> claim(Webhook webhook, Instant now, Instant until, int max) {
        return database.write(handle -> deliveries.claim(handle, webhook.id(), now, until, max));
    }

    @Override
    public void end(
            Webhook webhook,
            WebhookDelivery claimed,
            WebhookDelivery.State state,
            WebhookDelivery.Result result,
            Optional<Instant> next) {
        boolean unused = database.write(handle -> {
            deliveries.end(handle, webhook.id(), claimed, new WebhookDeliveryTable.End(state, result, next));
            return true;
        });
    }

    @Override
    public Page<WebhookDelivery, Long> deliveries(
            String id, Optional<WebhookDelivery.State> state, int max, long before) {
        List<WebhookDelivery> found =
                database.read(handle -> WebhookDeliveryTable.list(handle, id, state, max + 1, before));
        return Page.first(found, max, delivery -> delivery.event().id());
    }

    @Override
    public Optional<WebhookDelivery> redeliver(String id, long event, Instant now) {
        return database.write(handle -> deliveries.redeliver(handle, id, event, now));
    }

    @Override
    public void prune(long event, Instant now) {
        boolean more;
        do {
            more = database.write(handle -> deliveries.prune(handle, event, now, MAX_AT_ONCE));
        } while (more && !Thread.currentThread().isInterrupted());
    }
}
