package dev.stowage.repositories;

import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.lifecycle.DueFile;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** The files that may be due. */
final class DueFileTable {

    private static final String NEXT =
            "UPDATE event_log SET expiry_revision = expiry_revision + 1 RETURNING expiry_revision";

    private final String add;
    private final String delete;
    private final String postpone;

    DueFileTable(SqlDialect dialect) {
        String rows = dialect.rows("rows", "key TEXT", "due_at BIGINT", "revision BIGINT") + " v";
        // An upsert of selected rows needs a WHERE in SQLite, which otherwise reads ON as that of a join.
        add = "INSERT INTO file_expiry (key, due_at, revision) SELECT key, due_at, revision FROM " + rows
                + " WHERE true ON CONFLICT (key) DO UPDATE SET revision = excluded.revision,"
                + " due_at = CASE WHEN excluded.due_at < file_expiry.due_at THEN excluded.due_at"
                + " ELSE file_expiry.due_at END";
        delete = "DELETE FROM file_expiry WHERE (key, revision) IN (SELECT key, revision FROM " + rows + ")";
        postpone = "UPDATE file_expiry SET due_at = v.due_at FROM " + rows
                + " WHERE file_expiry.key = v.key AND file_expiry.revision = v.revision";
    }

    /** Adds files, or records them again with the earlier time. */
    void add(Handle handle, List<DueFile> files) {
        if (!files.isEmpty()) {
            long revision = handle.createQuery(NEXT).mapTo(Long.class).one();
            execute(
                    handle,
                    add,
                    files.stream()
                            .map(file -> new DueFile(file.key(), file.dueAt(), revision))
                            .toList());
        }
    }

    static List<DueFile> due(Handle handle, Instant now, Optional<DueFile> after, int max) {
        return handle.createQuery("SELECT key, due_at, revision FROM file_expiry WHERE due_at <= :now"
                        + " AND (due_at, key) > (:after, :key) ORDER BY due_at, key LIMIT :max")
                .bind("now", now.toEpochMilli())
                .bind("after", after.map(file -> file.dueAt().toEpochMilli()).orElse(Long.MIN_VALUE))
                .bind("key", after.map(file -> file.key().value()).orElse(""))
                .bind("max", max)
                .map((row, context) -> new DueFile(
                        new ObjectKey(row.getString("key")),
                        Instant.ofEpochMilli(row.getLong("due_at")),
                        row.getLong("revision")))
                .list();
    }

    void delete(Handle handle, List<DueFile> files) {
        execute(handle, delete, files);
    }

    void postpone(Handle handle, List<DueFile> files) {
        execute(handle, postpone, files);
    }

    private static void execute(Handle handle, String sql, List<DueFile> files) {
        if (!files.isEmpty()) {
            RowSet rows = RowSet.of(
                    files,
                    (row, file) -> row.set("key", file.key().value())
                            .set("due_at", file.dueAt().toEpochMilli())
                            .set("revision", file.revision()));
            int unused = handle.createUpdate(sql).bind("rows", rows.json()).execute();
        }
    }
}
