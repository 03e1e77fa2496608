package dev.stowage.repositories;

import dev.stowage.core.access.ApiKey;
import dev.stowage.core.access.SecretDigest;
import dev.stowage.core.access.StoredKey;
import dev.stowage.core.error.ErrorCode;
import dev.stowage.core.error.InvalidInput;
import dev.stowage.core.port.records.ApiKeys;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jdbi.v3.core.statement.Update;

/** API keys in an SQL database. */
final class SqlKeys implements ApiKeys {

    private static final String SELECT = "SELECT * FROM api_key ";

    private final SqlDatabase database;

    SqlKeys(SqlDatabase database) {
        this.database = database;
    }

    @Override
    public void add(StoredKey stored) {
        int unused = database.write(handle -> {
            changed(handle);
            int count = handle.createQuery("SELECT count(*) FROM api_key")
                    .mapTo(Integer.class)
                    .one();
            if (count >= MAX_KEYS) {
                throw new InvalidInput(
                        ErrorCode.INVALID_REQUEST,
                        "There are " + MAX_KEYS
                                + " keys, which is the maximum; rotate keys instead of creating new ones");
            }
            return bind(
                            handle.createUpdate(
                                    "INSERT INTO api_key (id, name, scopes, actions, salt, digest, old_salt,"
                                            + " old_digest, old_until, created_at, expires_at, revoked_at, s3) VALUES (:id, :name,"
                                            + " :scopes, :actions, :salt, :digest, :old_salt, :old_digest, :old_until,"
                                            + " :created, :expires, :revoked, :s3)"),
                            stored)
                    .bind("created", stored.key().createdAt().toEpochMilli())
                    .execute();
        });
    }

    @Override
    public Optional<StoredKey> find(String id) {
        return database.read(handle -> handle.createQuery(SELECT + "WHERE id = :id")
                .bind("id", id)
                .map((row, context) -> key(row))
                .findOne());
    }

    @Override
    public List<StoredKey> all() {
        return database.read(handle -> handle.createQuery(SELECT + "ORDER BY created_at, id")
                .map((row, context) -> key(row))
                .list());
    }

    @Override
    public void replace(StoredKey stored) {
        int unused = database.write(handle -> {
            changed(handle);
            return bind(
                            handle.createUpdate("UPDATE api_key SET name = :name, scopes = :scopes, actions = :actions,"
                                    + " salt = :salt, digest = :digest, old_salt = :old_salt, old_digest = :old_digest,"
                                    + " old_until = :old_until, s3 = :s3, expires_at = :expires, revoked_at = coalesce(revoked_at, :revoked)"
                                    + " WHERE id = :id"),
                            stored)
                    .execute();
        });
    }

    @Override
    public long version() {
        return database.read(handle -> handle.createQuery("SELECT version FROM api_key_version")
                .mapTo(Long.class)
                .one());
    }

    @Override
    public void used(Map<String, Instant> uses) {
        if (uses.isEmpty()) {
            return;
        }
        int[] unused = database.write(handle -> {
            PreparedBatch batch = handle.prepareBatch(
                    "UPDATE api_key SET used_at = :used WHERE id = :id AND coalesce(used_at, 0) < :used");
            // In one order, so that processes don't wait for each other's rows.
            new TreeMap<>(uses)
                    .forEach((id, time) -> batch.bind("id", id)
                            .bind("used", time.toEpochMilli())
                            .add());
            return batch.execute();
        });
    }

    /** Also locks all keys against other changes. */
    private static void changed(Handle handle) {
        int unused = handle.execute("UPDATE api_key_version SET version = version + 1");
    }

    private static Update bind(Update update, StoredKey stored) {
        Optional<StoredKey.Retiring> old = stored.old();
        return update.bind("id", stored.key().id())
                .bind("name", stored.key().name())
                .bind("scopes", RightsText.scopes(stored.key().rights()))
                .bind("actions", RightsText.actions(stored.key().rights()))
                .bind("salt", stored.digest().salt())
                .bind("digest", stored.digest().digest())
                .bind("old_salt", old.map(retiring -> retiring.digest().salt()))
                .bind("old_digest", old.map(retiring -> retiring.digest().digest()))
                .bind("old_until", old.map(retiring -> retiring.until().toEpochMilli()))
                .bind("expires", stored.key().expiresAt().map(Instant::toEpochMilli))
                .bind("revoked", stored.key().revokedAt().map(Instant::toEpochMilli))
                .bind("s3", stored.key().s3());
    }

    private static StoredKey key(ResultSet row) throws SQLException {
        ApiKey key = new ApiKey(
                row.getString("id"),
                row.getString("name"),
                RightsText.parse(row.getString("scopes"), row.getString("actions")),
                Instant.ofEpochMilli(row.getLong("created_at")),
                JobRows.instant(row, "expires_at"),
                JobRows.instant(row, "revoked_at"),
                JobRows.instant(row, "used_at"),
                row.getBoolean("s3"));
        return new StoredKey(key, new SecretDigest(row.getString("salt"), row.getString("digest")), retiring(row));
    }

    private static Optional<StoredKey.Retiring> retiring(ResultSet row) throws SQLException {
        String salt = row.getString("old_salt");
        return salt == null
                ? Optional.empty()
                : Optional.of(new StoredKey.Retiring(
                        new SecretDigest(salt, row.getString("old_digest")),
                        Instant.ofEpochMilli(row.getLong("old_until"))));
    }
}
