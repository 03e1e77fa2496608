package dev.stowage.local.index;

import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.object.Etag;
import dev.stowage.core.object.ObjectInfo;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jdbi.v3.core.statement.SqlStatement;

/** Objects by key. */
final class ObjectTable {

    private static final String SAVE = """
            INSERT OR REPLACE INTO object (key, content_id, size, etag, content_type, metadata, headers, modified_at)
            VALUES (:key, :content, :size, :etag, :type, :metadata, :headers, :modified)""";

    private ObjectTable() {}

    static Optional<ObjectRow> find(Handle handle, ObjectKey key) {
        return handle.createQuery("SELECT * FROM object WHERE key = :key")
                .bind("key", key.value())
                .map((row, context) -> Rows.object(row))
                .findFirst();
    }

    /**
     * Like {@link #find}, with the bytes of a small object in the same query. It has no join: SQLite would plan a join again for each key
     * (<a href="https://www.sqlite.org/c3ref/prepare.html">sqlite3_prepare_v2</a>, with STAT4), which takes longer than two queries.
     */
    static Optional<ReadableRow> findReadable(Handle handle, ObjectKey key) {
        return handle.createQuery("SELECT *, (SELECT bytes FROM content WHERE id = content_id) AS bytes"
                        + " FROM object WHERE key = :key")
                .bind("key", key.value())
                .map((row, context) -> new ReadableRow(Rows.object(row), Optional.ofNullable(row.getBytes("bytes"))))
                .findFirst();
    }

    /** Objects by one statement; missing objects are not in the map, which the caller may change. */
    static Map<ObjectKey, ObjectRow> find(Handle handle, List<ObjectKey> keys) {
        return handle.createQuery("SELECT * FROM object WHERE key IN (SELECT value FROM json_each(:keys))")
                .bind("keys", JsonArray.ofKeys(keys))
                .map((row, context) -> Rows.object(row))
                .collect(Collectors.toMap(row -> row.info().key(), row -> row, (one, other) -> one, HashMap::new));
    }

    static void save(Handle handle, ObjectRow row) {
        bound(handle.createUpdate(SAVE), row).execute();
    }

    /** Saves objects in order, by one statement that is run for each. */
    static void saveAll(Handle handle, List<ObjectRow> rows) {
        try (PreparedBatch batch = handle.prepareBatch(SAVE)) {
            rows.forEach(row -> bound(batch, row).add());
            int[] unused = batch.execute();
        }
    }

    private static <S extends SqlStatement<S>> S bound(S statement, ObjectRow row) {
        ObjectInfo info = row.info();
        return statement
                .bind("key", info.key().value())
                .bind("content", row.content())
                .bind("size", info.size())
                .bind("etag", info.etag().value())
                .bind("type", info.attributes().contentType().value())
                .bind("metadata", Rows.text(info.attributes().metadata()))
                .bind("headers", Rows.text(info.attributes().headers()))
                .bind("modified", info.lastModified().toEpochMilli());
    }

    /** The ETags of objects, by one statement; missing objects are not in the map. */
    static Map<ObjectKey, Etag> etags(Handle handle, List<ObjectKey> keys) {
        return handle.createQuery("SELECT key, etag FROM object WHERE key IN (SELECT value FROM json_each(:keys))")
                .bind("keys", JsonArray.ofKeys(keys))
                .map((row, context) -> Map.entry(new ObjectKey(row.getString("key")), new Etag(row.getString("etag"))))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    /** Deletes objects and returns the number of each one's content; missing objects are not in the map. */
    static Map<ObjectKey, Long> delete(Handle handle, List<ObjectKey> keys) {
        return handle.createQuery("DELETE FROM object WHERE key IN (SELECT value FROM json_each(:keys))"
                        + " RETURNING key, content_id")
                .bind("keys", JsonArray.ofKeys(keys))
                .map((row, context) -> Map.entry(new ObjectKey(row.getString("key")), row.getLong("content_id")))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue, (one, other) -> one, HashMap::new));
    }
}
