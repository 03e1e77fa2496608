package dev.stowage.worker.sqlite;

import dev.stowage.core.disk.PrivateFiles;
import dev.stowage.core.error.StorageRejected;
import dev.stowage.core.error.StorageUnavailable;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.jdbi.v3.core.Handle;

/**
 * Brings the database to the schema of this version, by Flyway. As that costs a few hundred milliseconds of every start, Flyway's own
 * record is looked at first, and nothing more is done where nothing is to do.
 */
final class Migrations {

    /** The number of the last script. */
    private static final int NEWEST = 15;

    private static final String HISTORY = "schema_history";
    private static final String SCRIPTS = "classpath:db/migration/worker";

    private final Path file;

    Migrations(Path file) {
        this.file = file;
    }

    /** Whether the database is of this version. */
    static boolean isCurrent(Handle handle) {
        int version = version(handle);
        if (version > NEWEST) {
            throw new StorageRejected(
                    "The worker's database was made by a newer version (schema " + version + ", known here: " + NEWEST
                            + "); start that version, or restore a backup",
                    null);
        }
        return version == NEWEST;
    }

    /**
     * Runs the scripts that are missing, each in a transaction. Of several processes that start at once, one does it and the others
     * wait, a minute at most. On SQLite, Flyway takes no lock: a second file, which is never written, has one.
     *
     * @throws StorageRejected when they can't be run
     */
    void run() {
        Properties patience = new Properties();
        patience.setProperty("busy_timeout", "60000");
        prepare(file.resolveSibling(file.getFileName() + ".lock"));
        try (Connection guard = DriverManager.getConnection("jdbc:sqlite:" + file + ".lock", patience);
                Statement statement = guard.createStatement()) {
            statement.execute("BEGIN EXCLUSIVE");
            Flyway.configure()
                    .dataSource("jdbc:sqlite:" + file, null, null)
                    .table(HISTORY)
                    .locations(SCRIPTS)
                    .load()
                    .migrate();
        } catch (FlywayException e) {
            throw new StorageRejected("The worker's database " + file + " can't be brought up to date", e);
        } catch (SQLException e) {
            throw new StorageUnavailable("The worker's database " + file + " is being brought up to date", e);
        }
    }

    private static void prepare(Path lock) {
        try {
            PrivateFiles.prepareDatabase(lock);
        } catch (IOException e) {
            throw new StorageUnavailable("The file " + lock + " can't be written", e);
        }
    }

    private static int version(Handle handle) {
        boolean known = handle.createQuery("SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name = :name")
                        .bind("name", HISTORY)
                        .mapTo(Integer.class)
                        .one()
                == 1;
        return known
                ? handle.createQuery(
                                "SELECT coalesce(max(CAST(version AS INTEGER)), 0) FROM " + HISTORY + " WHERE success")
                        .mapTo(Integer.class)
                        .one()
                : 0;
    }
}
