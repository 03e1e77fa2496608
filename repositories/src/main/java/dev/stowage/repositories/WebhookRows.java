package dev.stowage.repositories;

import dev.stowage.core.config.Secret;
import dev.stowage.core.event.EventType;
import dev.stowage.core.event.LoggedEvent;
import dev.stowage.core.event.Webhook;
import dev.stowage.core.event.WebhookDelivery;
import dev.stowage.core.key.KeyPrefix;
import dev.stowage.core.port.Page;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.statement.SqlStatement;

/** Maps webhooks and their deliveries to rows. */
final class WebhookRows {

    static final int PENDING = 0;
    private static final int DELIVERED = 1;
    private static final int DEAD = 2;

    private WebhookRows() {}

    /** A webhook with its position. */
    record Row(long number, Webhook webhook) {}

    static <S extends SqlStatement<S>> S bind(S statement, Webhook webhook) {
        Webhook.Health health = webhook.health();
        return statement
                .bind("id", webhook.id())
                .bind("url", webhook.url())
                .bind(
                        "types",
                        webhook.types().stream().map(EventType::id).sorted().collect(Collectors.joining("\n")))
                .bind("prefix", webhook.prefix().map(KeyPrefix::value))
                .bind("secret", webhook.secret().value())
                .bind("former", webhook.former().map(old -> old.secret().value()))
                .bind("until", webhook.former().map(old -> old.until().toEpochMilli()))
                .bind("enabled", health.enabled() ? 1 : 0)
                .bind("after", health.after())
                .bind("failing", health.failingSince().map(Instant::toEpochMilli))
                .bind("reason", health.reason().map(Webhook.Reason::id))
                .bind("version", webhook.version());
    }

    static Row row(ResultSet row) throws SQLException {
        Optional<String> reason = JobRows.text(row, "reason");
        Webhook.Health health = new Webhook.Health(
                row.getInt("enabled") != 0,
                row.getLong("after_event"),
                JobRows.instant(row, "failing_since"),
                reason.flatMap(id -> Stream.of(Webhook.Reason.values())
                        .filter(known -> known.id().equals(id))
                        .findFirst()));
        return new Row(
                row.getLong("number"),
                new Webhook(
                        row.getString("id"),
                        JobRows.text(row, "owner"),
                        row.getString("url"),
                        types(row.getString("types")),
                        JobRows.text(row, "prefix").map(KeyPrefix::new),
                        new Secret(row.getString("secret")),
                        former(row),
                        Instant.ofEpochMilli(row.getLong("created_at")),
                        health,
                        row.getLong("version")));
    }

    private static Optional<Webhook.FormerSecret> former(ResultSet row) throws SQLException {
        Optional<Instant> until = JobRows.instant(row, "former_until");
        return JobRows.text(row, "former_secret")
                .flatMap(text -> until.map(time -> new Webhook.FormerSecret(new Secret(text), time)));
    }

    private static Set<EventType> types(String lines) {
        return lines.lines().map(EventType::named).flatMap(Optional::stream).collect(Collectors.toSet());
    }

    /** @param query with one parameter more, {@code limit} */
    static Page<Webhook, Long> page(Query query, int max) {
        List<Row> rows =
                query.bind("limit", max + 1).map((row, context) -> row(row)).list();
        return Page.first(rows, max, Row::number).map(Row::webhook);
    }

    /** @param row of a delivery, joined with its event */
    static WebhookDelivery delivery(ResultSet row) throws SQLException {
        int status = row.getInt("status");
        OptionalInt known = row.wasNull() ? OptionalInt.empty() : OptionalInt.of(status);
        Optional<String> error = JobRows.text(row, "error");
        return new WebhookDelivery(
                new LoggedEvent(row.getLong("event"), EventRows.event(row)),
                state(row.getInt("state")),
                row.getInt("attempts"),
                JobRows.instant(row, "due_at"),
                JobRows.instant(row, "first_at"),
                JobRows.instant(row, "ended_at").map(at -> new WebhookDelivery.Result(at, known, error)));
    }

    static int number(WebhookDelivery.State state) {
        return switch (state) {
            case PENDING -> PENDING;
            case DELIVERED -> DELIVERED;
            case DEAD -> DEAD;
        };
    }

    private static WebhookDelivery.State state(int number) {
        return switch (number) {
            case PENDING -> WebhookDelivery.State.PENDING;
            case DELIVERED -> WebhookDelivery.State.DELIVERED;
            default -> WebhookDelivery.State.DEAD;
        };
    }
}
