package dev.stowage.repositories;

import dev.stowage.core.event.LoggedEvent;
import dev.stowage.core.event.WebhookDelivery;
import dev.stowage.core.key.ObjectKey;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.jdbi.v3.core.Handle;

/**
 * The deliveries of webhooks. Of the pending ones of a file, only the earliest has a time when it is due. A transaction that adds or ends some
 * holds the lock of the webhook, since adding and ending two deliveries of a file at the same time would leave the later one without a time.
 */
final class WebhookDeliveryTable {

    private static final String NUMBER = "(SELECT number FROM webhook WHERE id = :id)";

    /** Whether an earlier event of the same file is pending; without a file, there is no order. */
    private static final String EARLIER =
            "EXISTS (SELECT 1 FROM webhook_delivery e WHERE e.webhook = webhook_delivery.webhook"
                    + " AND e.state = 0 AND e.key = webhook_delivery.key AND e.event < webhook_delivery.event)";

    private static final String SELECT = "SELECT d.event, d.state, d.attempts, d.due_at, d.first_at, d.ended_at,"
            + " d.status, d.error, v.type, v.happened_at, v.key, v.size, v.etag, v.content_type, v.detail,"
            + " v.principal, v.request_id FROM webhook_delivery d JOIN event v ON v.id = d.event WHERE d.webhook = "
            + NUMBER;

    private final SqlDialect dialect;
    private final String insert;
    private final String claimed;
    private final String found;

    WebhookDeliveryTable(SqlDialect dialect) {
        this.dialect = dialect;
        this.insert = "INSERT INTO webhook_delivery (webhook, event, key, state, attempts)"
                + " SELECT w.number, v.event, v.key, 0, 0 FROM webhook w, "
                + dialect.rows("rows", "event BIGINT", "key TEXT")
                + " v WHERE w.id = :id ON CONFLICT DO NOTHING";
        String some = " AND event IN " + dialect.numbers("events");
        this.claimed = "UPDATE webhook_delivery SET attempts = attempts + 1, due_at = :until,"
                + " first_at = coalesce(first_at, :now) WHERE webhook = " + NUMBER + some;
        this.found = SELECT + some + " ORDER BY d.event";
    }

    /** How an attempt ended. */
    record End(WebhookDelivery.State state, WebhookDelivery.Result result, Optional<Instant> next) {}

    /** @param events in the order of their ids, not empty */
    void add(Handle handle, String webhook, List<LoggedEvent> events, Instant now) {
        lock(handle, List.of(webhook));
        RowSet rows = RowSet.of(events, (row, event) -> {
            RowSet.Row unused =
                    row.set("event", event.id()).set("key", event.event().key().map(ObjectKey::value));
        });
        int inserted = handle.createUpdate(insert)
                .bind("id", webhook)
                .bind("rows", rows.json())
                .execute();
        if (inserted > 0) {
            int unused = handle.createUpdate("UPDATE webhook_delivery SET due_at = :now WHERE webhook = " + NUMBER
                            + " AND event BETWEEN :first AND :last AND state = 0 AND due_at IS NULL AND NOT " + EARLIER)
                    .bind("id", webhook)
                    .bind("now", now.toEpochMilli())
                    .bind("first", events.get(0).id())
                    .bind("last", events.get(events.size() - 1).id())
                    .execute();
        }
    }

    List<WebhookDelivery> claim(Handle handle, String webhook, Instant now, Instant until, int max) {
        List<Long> due = handle.createQuery("SELECT event FROM webhook_delivery WHERE webhook = " + NUMBER
                        + " AND state = 0 AND due_at <= :now ORDER BY due_at, event LIMIT :max"
                        + dialect.forUpdateSkipLocked())
                .bind("id", webhook)
                .bind("now", now.toEpochMilli())
                .bind("max", max)
                .mapTo(Long.class)
                .list();
        if (due.isEmpty()) {
            return List.of();
        }
        int unused = handle.createUpdate(claimed)
                .bind("id", webhook)
                .bind("until", until.toEpochMilli())
                .bind("now", now.toEpochMilli())
                .bind("events", due.toString())
                .execute();
        return handle.createQuery(found)
                .bind("id", webhook)
                .bind("events", due.toString())
                .map((row, context) -> WebhookRows.delivery(row))
                .list();
    }

    void end(Handle handle, String webhook, WebhookDelivery claimed, End end) {
        boolean pending = end.state() == WebhookDelivery.State.PENDING;
        if (!pending) {
            lock(handle, List.of(webhook));
        }
        OptionalInt status = end.result().status();
        int changed = handle.createUpdate("UPDATE webhook_delivery SET state = :state, due_at = :next,"
                        + " ended_at = :ended, status = :status, error = :error WHERE webhook = " + NUMBER
                        + " AND event = :event AND state = 0 AND attempts = :attempts")
                .bind("id", webhook)
                .bind("event", claimed.event().id())
                .bind("attempts", claimed.attempts())
                .bind("state", WebhookRows.number(end.state()))
                .bind("next", end.next().map(Instant::toEpochMilli))
                .bind("ended", end.result().at().toEpochMilli())
                .bind("status", status.isPresent() ? Optional.of(status.getAsInt()) : Optional.<Integer>empty())
                .bind("error", end.result().error())
                .execute();
        Optional<ObjectKey> key = claimed.event().event().key();
        if (changed == 1 && !pending && key.isPresent()) {
            int unused = handle.createUpdate("UPDATE webhook_delivery SET due_at = :now WHERE webhook = " + NUMBER
                            + " AND due_at IS NULL AND state = 0 AND event = (SELECT min(n.event) FROM webhook_delivery n"
                            + " WHERE n.webhook = " + NUMBER + " AND n.state = 0 AND n.key = :key)")
                    .bind("id", webhook)
                    .bind("now", end.result().at().toEpochMilli())
                    .bind("key", key.get().value())
                    .execute();
        }
    }

    static List<WebhookDelivery> list(
            Handle handle, String webhook, Optional<WebhookDelivery.State> state, int max, long before) {
        // A number in the text lets the database use the indexes of pending and dead deliveries.
        String some =
                state.map(only -> " AND d.state = " + WebhookRows.number(only)).orElse("");
        return handle.createQuery(SELECT + " AND d.event < :before" + some + " ORDER BY d.event DESC LIMIT :max")
                .bind("id", webhook)
                .bind("before", before)
                .bind("max", max)
                .map((row, context) -> WebhookRows.delivery(row))
                .list();
    }

    Optional<WebhookDelivery> redeliver(Handle handle, String webhook, long event, Instant now) {
        lock(handle, List.of(webhook));
        int unused = handle.createUpdate("UPDATE webhook_delivery SET state = 0,"
                        + " due_at = CASE WHEN " + EARLIER + " THEN NULL ELSE :now END,"
                        + " attempts = CASE state WHEN 0 THEN attempts ELSE 0 END,"
                        + " first_at = CASE state WHEN 0 THEN first_at END"
                        + " WHERE webhook = " + NUMBER + " AND event = :event")
                .bind("id", webhook)
                .bind("event", event)
                .bind("now", now.toEpochMilli())
                .execute();
        return handle.createQuery(SELECT + " AND d.event = :event")
                .bind("id", webhook)
                .bind("event", event)
                .map((row, context) -> WebhookRows.delivery(row))
                .findOne();
    }

    /** Deletes up to about {@code max} deliveries, and returns whether there are more. */
    boolean prune(Handle handle, long upTo, Instant now, int max) {
        List<Long> old = handle.createQuery(
                        "SELECT event FROM webhook_delivery WHERE event <= :last ORDER BY event LIMIT :max")
                .bind("last", upTo)
                .bind("max", max)
                .mapTo(Long.class)
                .list();
        if (old.isEmpty()) {
            return false;
        }
        long last = old.get(old.size() - 1);
        List<String> waiting = handle.createQuery("SELECT id FROM webhook WHERE number IN"
                        + " (SELECT webhook FROM webhook_delivery WHERE event <= :last AND state = 0)")
                .bind("last", last)
                .mapTo(String.class)
                .list();
        lock(handle, waiting);
        int unused = handle.execute("DELETE FROM webhook_delivery WHERE event <= ?", last);
        for (String webhook : waiting) {
            int unusedRows = handle.createUpdate("UPDATE webhook_delivery SET due_at = :now WHERE webhook = " + NUMBER
                            + " AND state = 0 AND due_at IS NULL AND NOT " + EARLIER)
                    .bind("id", webhook)
                    .bind("now", now.toEpochMilli())
                    .execute();
        }
        return old.size() == max;
    }

    private void lock(Handle handle, List<String> webhooks) {
        dialect.lock(handle, webhooks.stream().map(id -> "deliveries of " + id).toList());
    }
}
