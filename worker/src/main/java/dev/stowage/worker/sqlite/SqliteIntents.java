package dev.stowage.worker.sqlite;

import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.port.UploadIntents;
import dev.stowage.core.session.ProcessId;
import dev.stowage.core.session.UploadIntent;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** Intents to begin uploads, in SQLite. */
final class SqliteIntents implements UploadIntents {

    private static final String SELECT = "SELECT id, key, intended_at, process FROM upload_intent ";

    private final WorkerDatabase database;
    private final ProcessId process;

    SqliteIntents(WorkerDatabase database, ProcessId process) {
        this.database = database;
        this.process = process;
    }

    @Override
    public UploadIntent intend(ObjectKey key, Instant now) {
        Instant time = Instant.ofEpochMilli(now.toEpochMilli());
        UploadIntent intent = new UploadIntent(UUID.randomUUID().toString(), key, time, Optional.of(process));
        int unused = database.add(handle -> handle.execute(
                "INSERT INTO upload_intent (id, key, intended_at, process) VALUES (?, ?, ?, ?)",
                intent.id(),
                key.value(),
                time.toEpochMilli(),
                process.value()));
        return intent;
    }

    @Override
    public void withdraw(UploadIntent intent) {
        int unused = database.write(handle -> delete(handle, intent));
    }

    @Override
    public void doubt(UploadIntent intent) {
        int unused = database.write(
                handle -> handle.execute("UPDATE upload_intent SET process = NULL WHERE id = ?", intent.id()));
    }

    @Override
    public List<UploadIntent> list(int max, Optional<UploadIntent> after) {
        return database.read(handle -> handle.createQuery(SELECT + "WHERE id > :after ORDER BY id LIMIT :limit")
                .bind("after", after.map(UploadIntent::id).orElse(""))
                .bind("limit", max)
                .map((row, context) -> intent(row))
                .list());
    }

    @Override
    public List<UploadIntent> of(ObjectKey key) {
        return database.read(handle -> handle.createQuery(SELECT + "WHERE key = :key")
                .bind("key", key.value())
                .map((row, context) -> intent(row))
                .list());
    }

    static int delete(Handle handle, UploadIntent intent) {
        return handle.execute("DELETE FROM upload_intent WHERE id = ?", intent.id());
    }

    private static UploadIntent intent(ResultSet row) throws SQLException {
        return new UploadIntent(
                row.getString("id"),
                new ObjectKey(row.getString("key")),
                Instant.ofEpochMilli(row.getLong("intended_at")),
                Optional.ofNullable(row.getString("process")).map(ProcessId::new));
    }
}
