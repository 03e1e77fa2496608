package dev.stowage.repositories;

import dev.stowage.core.access.Origin;
import dev.stowage.core.event.Event;
import dev.stowage.core.event.EventType;
import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.object.ContentType;
import dev.stowage.core.object.Etag;
import dev.stowage.repositories.RowSet.Row;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Maps events to the columns that the tables of events have in common. */
final class EventRows {

    /** The columns, except for the number. */
    static final String COLUMNS = "type, happened_at, key, size, etag, content_type, detail, principal, request_id";

    private static final String[] TYPED = {
        "type TEXT",
        "happened_at BIGINT",
        "key TEXT",
        "size BIGINT",
        "etag TEXT",
        "content_type TEXT",
        "detail TEXT",
        "principal TEXT",
        "request_id TEXT"
    };

    private EventRows() {}

    /** The columns with their types, as {@link SqlDialect#rows} takes them. */
    static String[] typed(String... first) {
        String[] all = new String[first.length + TYPED.length];
        System.arraycopy(first, 0, all, 0, first.length);
        System.arraycopy(TYPED, 0, all, first.length, TYPED.length);
        return all;
    }

    static void set(Row row, Event event) {
        Row unused = row.set("type", event.type().id())
                .set("happened_at", event.time().toEpochMilli())
                .set("key", event.key().map(ObjectKey::value))
                .set("size", event.size())
                .set("etag", event.etag().map(Etag::value))
                .set("content_type", event.contentType().map(ContentType::value))
                .set("detail", text(event.detail()))
                .set("principal", event.origin().principal())
                .set("request_id", event.origin().requestId());
    }

    static Event event(ResultSet row) throws SQLException {
        long size = row.getLong("size");
        OptionalLong known = row.wasNull() ? OptionalLong.empty() : OptionalLong.of(size);
        return new Event(
                EventType.named(row.getString("type")).orElseThrow(),
                Instant.ofEpochMilli(row.getLong("happened_at")),
                Optional.ofNullable(row.getString("key")).map(ObjectKey::new),
                known,
                Optional.ofNullable(row.getString("etag")).map(Etag::new),
                Optional.ofNullable(row.getString("content_type")).map(ContentType::new),
                detail(row.getString("detail")),
                origin(row, Optional.empty()));
    }

    static Origin origin(ResultSet row, Optional<String> reason) throws SQLException {
        return new Origin(
                Optional.ofNullable(row.getString("principal")),
                Optional.ofNullable(row.getString("request_id")),
                reason);
    }

    /** The fields as lines; empty for none. */
    static Optional<String> text(Map<String, String> detail) {
        return detail.isEmpty()
                ? Optional.empty()
                : Optional.of(new TreeMap<>(detail)
                        .entrySet().stream()
                                .map(field -> field.getKey() + "=" + field.getValue())
                                .collect(Collectors.joining("\n")));
    }

    private static Map<String, String> detail(@Nullable String text) {
        Map<String, String> detail = new LinkedHashMap<>();
        if (text != null) {
            text.lines().forEach(line -> {
                int equals = line.indexOf('=');
                detail.put(line.substring(0, equals), line.substring(equals + 1));
            });
        }
        return detail;
    }
}
