package dev.stowage.local.index;

import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.multipart.UploadId;
import dev.stowage.core.multipart.UploadInfo;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.result.ResultIterator;

/** Open uploads. */
final class UploadTable {

    /** Walks the index by key, time and id, after a position. */
    static final String SCAN = "SELECT id, key, initiated_at FROM upload"
            + " WHERE (key, initiated_at, id) > (:key, :initiated, :id) ORDER BY key, initiated_at, id";

    private UploadTable() {}

    static void insert(Handle handle, UploadRow row) {
        handle.createUpdate("""
                        INSERT INTO upload (id, key, content_id, content_type, metadata, headers, initiated_at)
                        VALUES (:id, :key, :content, :type, :metadata, :headers, :initiated)""")
                .bind("id", row.info().id().value())
                .bind("key", row.info().key().value())
                .bind("content", row.content())
                .bind("type", row.attributes().contentType().value())
                .bind("metadata", Rows.text(row.attributes().metadata()))
                .bind("headers", Rows.text(row.attributes().headers()))
                .bind("initiated", row.info().initiated().toEpochMilli())
                .execute();
    }

    static Optional<UploadRow> find(Handle handle, ObjectKey key, UploadId id) {
        return handle.createQuery("SELECT * FROM upload WHERE id = :id AND key = :key")
                .bind("id", id.value())
                .bind("key", key.value())
                .map((row, context) -> new UploadRow(info(row), Rows.attributes(row), row.getLong("content_id")))
                .findFirst();
    }

    static void delete(Handle handle, UploadId id) {
        handle.createUpdate("DELETE FROM upload WHERE id = :id")
                .bind("id", id.value())
                .execute();
    }

    /** To be closed. */
    static ResultIterator<UploadInfo> scan(Handle handle, UploadPosition after) {
        return handle.createQuery(SCAN)
                .bind("key", after.key())
                .bind("initiated", after.initiated())
                .bind("id", after.id())
                .map((row, context) -> info(row))
                .iterator();
    }

    private static UploadInfo info(ResultSet row) throws SQLException {
        return new UploadInfo(
                new ObjectKey(row.getString("key")),
                new UploadId(row.getString("id")),
                Instant.ofEpochMilli(row.getLong("initiated_at")));
    }
}
