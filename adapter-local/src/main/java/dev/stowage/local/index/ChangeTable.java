package dev.stowage.local.index;

import dev.stowage.core.access.Origin;
import dev.stowage.core.event.Event;
import dev.stowage.core.event.EventType;
import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.object.ContentType;
import dev.stowage.core.object.Etag;
import dev.stowage.core.object.ObjectInfo;
import dev.stowage.core.port.ChangeJournal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jdbi.v3.core.statement.SqlStatement;

/** The journal of changes; rows are added within the transaction of the change. */
public final class ChangeTable {

    private static final String ADD = """
            INSERT INTO change (type, key, size, etag, content_type, changed_at, expires_at, principal, request_id)
            VALUES (:type, :key, :size, :etag, :content_type, :changed, :expires, :principal, :request)""";

    private ChangeTable() {}

    static void add(Handle handle, StoredChange change, Origin origin) {
        if (Event.concerns(change.info().key())) {
            bound(handle.createUpdate(ADD), change, origin).execute();
        }
    }

    /** Adds changes in order, by one statement that is run for each. */
    static void addAll(Handle handle, List<StoredChange> changes, Origin origin) {
        List<StoredChange> concerned = changes.stream()
                .filter(change -> Event.concerns(change.info().key()))
                .toList();
        if (!concerned.isEmpty()) {
            try (PreparedBatch batch = handle.prepareBatch(ADD)) {
                concerned.forEach(change -> bound(batch, change, origin).add());
                int[] unused = batch.execute();
            }
        }
    }

    private static <S extends SqlStatement<S>> S bound(S statement, StoredChange change, Origin origin) {
        ObjectInfo info = change.info();
        return statement
                .bind("type", change.type().id())
                .bind("key", info.key().value())
                .bind("size", info.size())
                .bind("etag", info.etag().value())
                .bind("content_type", info.attributes().contentType().value())
                .bind("changed", info.lastModified().toEpochMilli())
                .bind("expires", info.expiresAt().map(Instant::toEpochMilli))
                .bind("principal", origin.principal())
                .bind("request", origin.requestId());
    }

    /** Adds the deletion of objects, by one statement. */
    static void addDeleted(Handle handle, Collection<ObjectKey> keys, Instant now, Origin origin) {
        List<ObjectKey> concerned = keys.stream().filter(Event::concerns).toList();
        if (!concerned.isEmpty()) {
            handle.createUpdate("""
                            INSERT INTO change (type, key, changed_at, principal, request_id, reason)
                            SELECT :type, value, :changed, :principal, :request, :reason FROM json_each(:keys)""")
                    .bind("type", EventType.FILE_DELETED.id())
                    .bind("changed", now.toEpochMilli())
                    .bind("principal", origin.principal())
                    .bind("request", origin.requestId())
                    .bind("reason", origin.reason())
                    .bind("keys", JsonArray.ofKeys(concerned))
                    .execute();
        }
    }

    /** The id of the journal. */
    public static String journal(Handle handle) {
        return handle.createQuery("SELECT id FROM change_journal")
                .mapTo(String.class)
                .one();
    }

    /** A page of changes, in their order. */
    public static List<ChangeJournal.Change> after(Handle handle, long position, int max) {
        return handle.createQuery("SELECT * FROM change WHERE id > :position ORDER BY id LIMIT :max")
                .bind("position", position)
                .bind("max", max)
                .map((row, context) -> new ChangeJournal.Change(row.getLong("id"), event(row)))
                .list();
    }

    /** The number of the last change ever. */
    public static long last(Handle handle) {
        return handle.createQuery("SELECT coalesce(max(seq), 0) FROM sqlite_sequence WHERE name = 'change'")
                .mapTo(Long.class)
                .one();
    }

    /** Deletes the changes up to a position. */
    public static void forget(Handle handle, long position) {
        handle.createUpdate("DELETE FROM change WHERE id <= :position")
                .bind("position", position)
                .execute();
    }

    private static Event event(ResultSet row) throws SQLException {
        String etag = row.getString("etag");
        long size = row.getLong("size");
        return new Event(
                EventType.named(row.getString("type")).orElseThrow(),
                Instant.ofEpochMilli(row.getLong("changed_at")),
                Optional.of(new ObjectKey(row.getString("key"))),
                etag == null ? OptionalLong.empty() : OptionalLong.of(size),
                Optional.ofNullable(etag).map(Etag::new),
                Optional.ofNullable(row.getString("content_type")).map(ContentType::new),
                Event.fileDetail(
                        Optional.ofNullable(row.getString("reason")),
                        row.getObject("expires_at") == null
                                ? Optional.empty()
                                : Optional.of(Instant.ofEpochMilli(row.getLong("expires_at")))),
                new Origin(
                        Optional.ofNullable(row.getString("principal")),
                        Optional.ofNullable(row.getString("request_id"))));
    }
}
