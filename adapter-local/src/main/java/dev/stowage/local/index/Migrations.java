package dev.stowage.local.index;

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
 * Brings a database to the schema of this version. SQLite keeps the number of the last script that ran, {@code user_version}; all
 * that are missing run in one transaction, so of several processes that start at once, one does it.
 */
final class Migrations {

    private static final List<String> SCRIPTS =
            List.of("V1__objects.sql", "V2__small_objects.sql", "V3__attributes.sql");

    private final List<String> scripts;

    /** @param scripts the SQL of each version, from the first */
    Migrations(List<String> scripts) {
        this.scripts = List.copyOf(scripts);
    }

    /** The scripts of this version of the service. */
    static Migrations current() {
        return new Migrations(SCRIPTS.stream().map(Migrations::load).toList());
    }

    /** @throws StorageRejected when the database is of a later version */
    void run(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            if (version(statement) == scripts.size()) {
                return;
            }
            statement.executeUpdate("BEGIN IMMEDIATE");
            try {
                runMissing(statement);
                statement.executeUpdate("COMMIT");
            } catch (SQLException | RuntimeException e) {
                statement.executeUpdate("ROLLBACK");
                throw e;
            }
        }
    }

    private void runMissing(Statement statement) throws SQLException {
        int version = version(statement);
        if (version > scripts.size()) {
            throw new StorageRejected(
                    "The local store's database was made by a newer version (schema " + version + ", known here: "
                            + scripts.size() + "); start that version, or restore a backup",
                    null);
        }
        for (String script : scripts.subList(version, scripts.size())) {
            statement.executeUpdate(script);
        }
        statement.executeUpdate("PRAGMA user_version = " + scripts.size());
    }

    private static int version(Statement statement) throws SQLException {
        try (ResultSet version = statement.executeQuery("PRAGMA user_version")) {
            return version.getInt(1);
        }
    }

    private static String load(String name) {
        try (InputStream script = Migrations.class.getResourceAsStream("/db/migration/local/" + name)) {
            if (script == null) {
                throw new IllegalStateException("the migration " + name + " is missing from this build");
            }
            return new String(script.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
