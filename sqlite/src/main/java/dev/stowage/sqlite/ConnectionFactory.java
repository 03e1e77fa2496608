package dev.stowage.sqlite;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Map;
import java.util.Properties;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** How connections to a database are made. */
final class ConnectionFactory {

    private final String url;
    private final Properties settings = new Properties();
    private final Jdbi jdbi;

    ConnectionFactory(Path file, Map<String, String> pragmas) {
        url = DatabaseFile.url(file);
        // A commit is on disk when it returns; writers don't wait for readers, nor readers for writers.
        settings.setProperty("journal_mode", "WAL");
        settings.setProperty("synchronous", "FULL");
        // For the writer's lock, which another process may have.
        settings.setProperty("busy_timeout", "10000");
        settings.setProperty("foreign_keys", "true");
        // Nobody asks for them, and each insert would be followed by a query.
        settings.setProperty("jdbc.get_generated_keys", "false");
        settings.putAll(pragmas);
        jdbi = Jdbi.create(() -> DriverManager.getConnection(url, settings))
                .setStatementBuilderFactory(connection -> new StatementCache());
    }

    /** A new connection, to be held: making one costs more than most statements. */
    Handle open() {
        return jdbi.open();
    }

    /**
     * A new connection to change the schema with. Foreign keys are not enforced, as a table that is replaced would take the rows of others
     * with it; it waits for other processes that do the same, a minute at most.
     */
    Connection openForMigration() throws SQLException {
        Properties migration = new Properties();
        migration.putAll(settings);
        migration.setProperty("foreign_keys", "false");
        migration.setProperty("busy_timeout", "60000");
        return DriverManager.getConnection(url, migration);
    }
}
