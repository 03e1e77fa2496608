package dev.stowage.sqlite;

import dev.stowage.core.error.StorageException;
import dev.stowage.core.error.StorageFull;
import dev.stowage.core.error.StorageUnavailable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/** A database of numbers. */
final class TestDatabase {

    private static final String SCHEMA = "CREATE TABLE thing (number INTEGER PRIMARY KEY);"
            + " CREATE TABLE child (number INTEGER REFERENCES thing (number) DEFERRABLE INITIALLY DEFERRED);";

    private TestDatabase() {}

    static SqliteDatabase open(Path file) {
        return open(file, () -> {});
    }

    static SqliteDatabase open(Path file, Runnable barrier) {
        return open(file, config(barrier, List.of(SCHEMA)));
    }

    static SqliteDatabase open(Path file, SqliteConfig config) {
        try {
            return SqliteDatabase.open(file, config);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static SqliteConfig config(Runnable barrier, List<String> scripts) {
        return new SqliteConfig("The database", new Migrations(scripts), Map.of(), barrier, TestDatabase::fault);
    }

    /** Adds a new number. */
    static long add(Handle handle) {
        return handle.createQuery("INSERT INTO thing DEFAULT VALUES RETURNING number")
                .mapTo(Long.class)
                .one();
    }

    static long count(SqliteDatabase database) {
        return database.read(handle -> handle.createQuery("SELECT count(*) FROM thing")
                .mapTo(Long.class)
                .one());
    }

    private static RuntimeException fault(Throwable thrown) {
        if (thrown instanceof StorageException known) {
            return known;
        }
        return SqliteFailure.of(thrown) == SqliteFailure.FULL
                ? new StorageFull(thrown)
                : new StorageUnavailable("The database does not respond as expected", thrown);
    }
}
