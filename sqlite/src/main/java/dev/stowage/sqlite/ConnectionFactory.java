package dev.stowage.sqlite;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.sqlite.SQLiteErrorCode;

/** Creates connections to a database. */
final class ConnectionFactory {

    private static final Duration MIGRATION_TIMEOUT = Duration.ofMinutes(1);
    private static final long MAX_PAUSE_MILLIS = 100;

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
     *
     * <p>The first connection switches a new database to the write-ahead log. SQLite does not apply {@code busy_timeout} to this switch,
     * because two connections that hold a read lock and wait for each other's would never end. So the connection that lost is opened again:
     * then the database is in this mode. See <a href="https://www.sqlite.org/c3ref/busy_handler.html">sqlite3_busy_handler</a>.
     */
    Connection openForMigration() throws SQLException {
        Properties migration = new Properties();
        migration.putAll(settings);
        migration.setProperty("foreign_keys", "false");
        migration.setProperty("busy_timeout", Long.toString(MIGRATION_TIMEOUT.toMillis()));
        long start = System.nanoTime();
        for (long pause = 1; ; pause = Math.min(2 * pause, MAX_PAUSE_MILLIS)) {
            try {
                return DriverManager.getConnection(url, migration);
            } catch (SQLException e) {
                boolean retried = isBusy(e) && System.nanoTime() - start < MIGRATION_TIMEOUT.toNanos();
                if (!retried || interruptedDuring(pause)) {
                    throw e;
                }
            }
        }
    }

    private static boolean isBusy(SQLException e) {
        return e.getErrorCode() == SQLiteErrorCode.SQLITE_BUSY.code;
    }

    private static boolean interruptedDuring(long millis) {
        try {
            Thread.sleep(millis);
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }
}
