package dev.stowage.sqlite;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Map;
import java.util.Properties;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** Creates connections to a database. */
final class ConnectionFactory {

    private final String url;
    private final Properties settings = new Properties();
    private final Jdbi jdbi;

    ConnectionFactory(Path file, Map<String, String> pragmas) {
        url = DatabaseFile.url(file);
        // A commit is durable when it returns; readers and writers don't block each other.
        settings.setProperty("journal_mode", "WAL");
        settings.setProperty("synchronous", "FULL");
        // Waits for the write lock, which another process may hold.
        settings.setProperty("busy_timeout", "10000");
        settings.setProperty("foreign_keys", "true");
        // Not used, and each insert would need another query.
        settings.setProperty("jdbc.get_generated_keys", "false");
        settings.putAll(pragmas);
        jdbi = Jdbi.create(() -> DriverManager.getConnection(url, settings))
                .setStatementBuilderFactory(connection -> new StatementCache());
    }

    /** A new connection. It should be kept, because opening one costs more than most statements. */
    Handle open() {
        return jdbi.open();
    }

    /**
     * A new connection for schema changes. Foreign keys are not enforced, because replacing a table would delete the rows that reference
     * it. It waits up to a minute for other processes that change the schema.
     */
    Connection openForMigration() throws SQLException {
        Properties migration = new Properties();
        migration.putAll(settings);
        migration.setProperty("foreign_keys", "false");
        migration.setProperty("busy_timeout", "60000");
        return DriverManager.getConnection(url, migration);
    }
}
