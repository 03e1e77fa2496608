package dev.stowage.local.index;

import dev.stowage.core.error.StorageFull;
import dev.stowage.core.error.StorageUnavailable;
import dev.stowage.local.fault.Faults;
import dev.stowage.sqlite.Change;
import dev.stowage.sqlite.Migrations;
import dev.stowage.sqlite.SqliteConfig;
import dev.stowage.sqlite.SqliteDatabase;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;

/**
 * The database of objects, uploads and blobs. Safe for concurrent use, also by several processes on the same file.
 *
 * <p>Failures are {@link dev.stowage.core.error.StorageException}s, and every wait is bounded.
 */
public final class Index implements AutoCloseable {

    private static final Duration CHECK_TIMEOUT = Duration.ofSeconds(2);

    /** The schema; a new script is added at the end. */
    static final List<String> SCRIPTS = List.of(
            "V1__objects.sql",
            "V2__small_objects.sql",
            "V3__attributes.sql",
            "V4__changes.sql",
            "V5__checksums.sql",
            "V6__expiry.sql",
            "V7__own_expiry.sql");

    private static final Map<String, String> PRAGMAS = Map.of(
            // In pages of 4 KiB: each checkpoint flushes to disk twice, so fewer of them make small writes faster.
            "wal_autocheckpoint",
            "4000",
            // The size that the log shrinks to after a burst.
            "journal_size_limit",
            Integer.toString(64 << 20));

    private final SqliteDatabase database;

    private Index(SqliteDatabase database) {
        this.database = database;
    }

    /**
     * Opens the database and migrates it to the current schema.
     *
     * @param barrier runs before each commit, to make sure that the blobs of new rows are durable; may throw
     */
    public static Index open(Path file, Runnable barrier) {
        SqliteConfig config = new SqliteConfig(
                "The local store's database",
                Migrations.of(Index.class, "/db/migration/local", SCRIPTS),
                PRAGMAS,
                barrier,
                Faults::database);
        try {
            return new Index(SqliteDatabase.open(file, config));
        } catch (IOException e) {
            throw Faults.io(e, file);
        }
    }

    /** Runs a query. Each statement sees everything committed before it. */
    public <T> T read(Function<Handle, T> query) {
        return database.read(query);
    }

    /**
     * Checks the free space before a body is stored.
     *
     * @throws StorageFull while little space is free, so that deletions still succeed
     */
    public void checkRoom() {
        database.checkRoom();
    }

    /**
     * Makes a durable change. On a full disk it uses the space reserved for deletions and the like.
     *
     * @throws StorageUnavailable also when the thread was interrupted. Nothing was changed then, unless
     *     {@link StorageUnavailable#isOutcomeUnknown}
     */
    public <T> T write(Change<T> change) {
        return database.write(change);
    }

    /** Makes a change together with a later one; it may be lost. */
    public void writeLater(Consumer<Handle> change) {
        database.writeLater(change);
    }

    /** Runs a query and a write without effect, to check that both succeed; at most 4 seconds. */
    public void check() {
        database.read(
                handle -> handle.select("SELECT 1 FROM object LIMIT 1")
                        .mapTo(Integer.class)
                        .findFirst(),
                CHECK_TIMEOUT);
        database.write(
                handle -> handle.execute("INSERT INTO garbage (content_id, blob, size) VALUES (0, 'check', 0)")
                        + handle.execute("DELETE FROM garbage WHERE blob = 'check'"),
                CHECK_TIMEOUT);
    }

    @Override
    public void close() {
        database.close();
    }
}
