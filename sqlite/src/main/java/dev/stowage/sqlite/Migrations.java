package dev.stowage.sqlite;

import dev.stowage.core.error.StorageRejected;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/**
 * Migrates a database to the current schema. SQLite stores the number of the last script that ran as {@code user_version}. All
 * missing scripts run in one transaction, so of several processes that start at once, one migrates.
 *
 * <p>Databases created by Flyway have the number in its table {@code schema_history}. It is taken over, and the table dropped, together
 * with the first missing script.
 */
public final class Migrations {

    private static final String FLYWAY = "schema_history";

    private final List<String> scripts;

    /** @param scripts the SQL of each version, starting with the first */
    Migrations(List<String> scripts) {
        this.scripts = List.copyOf(scripts);
    }

    /**
     * Scripts from the resources of a class.
     *
     * @param folder their folder, as an absolute resource name: {@code /db/migration/worker}
     * @param names their file names, in the order of versions
     */
    public static Migrations of(Class<?> owner, String folder, List<String> names) {
        return new Migrations(
                names.stream().map(name -> load(owner, folder + "/" + name)).toList());
    }

    /**
     * Runs the missing scripts.
     *
     * @throws StorageRejected when the database has a later version
     */
    void run(ConnectionFactory connections, String name) throws SQLException {
        try (Connection connection = connections.openForMigration();
                Statement statement = connection.createStatement()) {
            if (version(statement) == scripts.size()) {
                return;
            }
            statement.executeUpdate("BEGIN IMMEDIATE");
            try {
                runMissing(statement, name);
                statement.executeUpdate("COMMIT");
            } catch (SQLException | RuntimeException e) {
                statement.executeUpdate("ROLLBACK");
                throw e;
            }
        }
    }

    private void runMissing(Statement statement, String name) throws SQLException {
        int version = version(statement);
        if (version > scripts.size()) {
            throw new StorageRejected(
                    name + " was created by a newer version (schema " + version + ", known here: " + scripts.size()
                            + "); start that version, or restore a backup",
                    null);
        }
        if (version < scripts.size()) {
            for (String script : scripts.subList(version, scripts.size())) {
                statement.executeUpdate(script);
            }
            statement.executeUpdate("DROP TABLE IF EXISTS " + FLYWAY);
            statement.executeUpdate("PRAGMA user_version = " + scripts.size());
        }
    }

    private static int version(Statement statement) throws SQLException {
        int version = number(statement, "PRAGMA user_version");
        boolean flyway = version == 0
                && number(
                                statement,
                                "SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name = '" + FLYWAY + "'")
                        == 1;
        return flyway
                ? number(
                        statement,
                        "SELECT coalesce(max(CAST(version AS INTEGER)), 0) FROM " + FLYWAY + " WHERE success")
                : version;
    }

    private static int number(Statement statement, String query) throws SQLException {
        try (ResultSet row = statement.executeQuery(query)) {
            return row.getInt(1);
        }
    }

    private static String load(Class<?> owner, String name) {
        try (InputStream script = owner.getResourceAsStream(name)) {
            if (script == null) {
                throw new IllegalStateException("the migration " + name + " is missing from this build");
            }
            return new String(script.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
