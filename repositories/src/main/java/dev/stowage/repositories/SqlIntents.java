package dev.stowage.repositories;

import dev.stowage.core.error.TooManyOpen;
import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.multipart.ProcessId;
import dev.stowage.core.multipart.UploadIntent;
import dev.stowage.core.port.records.UploadIntents;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Upload intents in an SQL database. */
final class SqlIntents implements UploadIntents {

    private static final String SELECT = "SELECT id, key, intended_at, process FROM upload_intent ";

    /** An owner's open uploads and intents, counted in indexes. */
    private static final String OPEN = "SELECT (SELECT count(*) FROM upload_intent WHERE owner = :owner)"
            + " + (SELECT count(*) FROM upload_session WHERE state IN ('OPEN', 'COMPLETING') AND process IS NULL AND ";

    static final String OPEN_OWNED = OPEN + "owner = :owner)";
    static final String OPEN_UNOWNED = OPEN + "owner IS NULL)";

    private final SqlDatabase database;
    private final ProcessId process;

    SqlIntents(SqlDatabase database, ProcessId process) {
        this.database = database;
        this.process = process;
    }

    @Override
    public UploadIntent intend(ObjectKey key, Instant now) {
        UploadIntent intent = intent(key, now);
        int unused = database.add(handle -> insert(handle, intent, null));
        return intent;
    }

    @Override
    public UploadIntent intend(ObjectKey key, Optional<String> owner, int max, Instant now) {
        UploadIntent intent = intent(key, now);
        String whose = owner.orElse("");
        int unused = database.add(handle -> {
            checkOpen(handle, database.dialect(), whose, max);
            return insert(handle, intent, whose);
        });
        return intent;
    }

    private UploadIntent intent(ObjectKey key, Instant now) {
        Instant time = Instant.ofEpochMilli(now.toEpochMilli());
        return new UploadIntent(UUID.randomUUID().toString(), key, time, Optional.of(process));
    }

    private static int insert(Handle handle, UploadIntent intent, @Nullable String owner) {
        return handle.execute(
                "INSERT INTO upload_intent (id, key, intended_at, process, owner) VALUES (?, ?, ?, ?, ?)",
                intent.id(),
                intent.key().value(),
                intent.time().toEpochMilli(),
                intent.process().map(ProcessId::value).orElse(null),
                owner);
    }

    /** @throws TooManyOpen when the owner has {@code max} open uploads; otherwise, nobody else adds one before the transaction ends */
    static void checkOpen(Handle handle, SqlDialect dialect, String owner, int max) {
        dialect.lock(handle, List.of("uploads of " + owner));
        if (open(handle, owner) >= max) {
            throw TooManyOpen.uploads(max);
        }
    }

    private static int open(Handle handle, String owner) {
        return handle.createQuery(owner.isEmpty() ? OPEN_UNOWNED : OPEN_OWNED)
                .bind("owner", owner)
                .mapTo(Integer.class)
                .one();
    }

    @Override
    public void withdraw(UploadIntent intent) {
        int unused = database.write(handle -> delete(handle, intent));
    }

    @Override
    public void markUncertain(UploadIntent intent) {
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
