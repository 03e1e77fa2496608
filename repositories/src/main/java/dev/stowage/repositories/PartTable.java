package dev.stowage.repositories;

import dev.stowage.core.multipart.PartInfo;
import dev.stowage.core.multipart.UploadId;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/** The rows of parts that the store has; each method runs within the caller's transaction. */
final class PartTable {

    private static final String INSERT = "INSERT INTO upload_part (session_id, number, size, etag, stored_at) ";
    private static final String REPLACING = " ON CONFLICT (session_id, number)"
            + " DO UPDATE SET size = excluded.size, etag = excluded.etag, stored_at = excluded.stored_at";
    private static final String PUT = INSERT + "VALUES (:id, :number, :size, :etag, :at)" + REPLACING;

    private PartTable() {}

    private record Row(int number, long size, String etag) {

        static Row of(PartInfo part) {
            return new Row(part.number().value(), part.size(), part.etag().value());
        }
    }

    static void put(Handle handle, UploadId id, PartInfo part) {
        int unused = handle.createUpdate(PUT)
                .bind("id", id.value())
                .bind("number", part.number().value())
                .bind("size", part.size())
                .bind("etag", part.etag().value())
                .bind("at", part.lastModified().toEpochMilli())
                .execute();
    }

    /** Adds parts, replacing those with the same numbers. */
    static void put(Handle handle, SqlDialect dialect, UploadId id, List<PartInfo> parts) {
        if (parts.isEmpty()) {
            return;
        }
        RowSet rows = RowSet.of(
                parts,
                (row, part) -> row.set("number", part.number().value())
                        .set("size", part.size())
                        .set("etag", part.etag().value())
                        .set("at", part.lastModified().toEpochMilli()));
        int unused = handle.createUpdate(INSERT + "SELECT :id, number, size, etag, at FROM "
                        + dialect.rows("rows", "number BIGINT", "size BIGINT", "etag TEXT", "at BIGINT")
                        + " v WHERE true" + REPLACING)
                .bind("id", id.value())
                .bind("rows", rows.json())
                .execute();
    }

    static void replace(Handle handle, SqlDialect dialect, UploadId id, List<PartInfo> parts) {
        handle.execute("DELETE FROM upload_part WHERE session_id = ?", id.value());
        put(handle, dialect, id, parts);
    }

    /** Whether a session has exactly these parts, and was active at {@code latest} or later. Their times may differ. */
    static boolean isSame(Handle handle, UploadId id, List<PartInfo> parts, Instant latest) {
        Set<Row> recorded = new HashSet<>(handle.createQuery("SELECT p.number, p.size, p.etag FROM upload_session s"
                        + " JOIN upload_part p ON p.session_id = s.id WHERE s.id = :id AND s.active_at >= :latest")
                .bind("id", id.value())
                .bind("latest", latest.toEpochMilli())
                .map((row, context) -> new Row(row.getInt("number"), row.getLong("size"), row.getString("etag")))
                .list());
        return recorded.size() == parts.size() && parts.stream().map(Row::of).allMatch(recorded::contains);
    }
}
