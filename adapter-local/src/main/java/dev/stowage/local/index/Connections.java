package dev.stowage.local.index;

import java.nio.file.Path;
import java.sql.DriverManager;
import java.util.Properties;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** How connections to the database are made. */
final class Connections {

    private final Jdbi jdbi;

    Connections(Path file) {
        Properties settings = new Properties();
        // A commit is on disk when it returns; writers don't wait for readers, nor readers for writers.
        settings.setProperty("journal_mode", "WAL");
        settings.setProperty("synchronous", "FULL");
        // For the writer's lock, which another process may have.
        settings.setProperty("busy_timeout", "10000");
        settings.setProperty("foreign_keys", "true");
        // In pages of 4 KiB: each checkpoint waits for the disk twice, so fewer of them make small writes faster.
        settings.setProperty("wal_autocheckpoint", "4000");
        // What the log shrinks to after a burst.
        settings.setProperty("journal_size_limit", Integer.toString(64 << 20));
        // Nobody asks for them, and each insert would be followed by a query.
        settings.setProperty("jdbc.get_generated_keys", "false");
        jdbi = Jdbi.create(() -> DriverManager.getConnection("jdbc:sqlite:" + file, settings))
                .setStatementBuilderFactory(connection -> new KeptStatements());
    }

    /** A new connection, to be held: making one costs more than most statements. */
    Handle open() {
        return jdbi.open();
    }
}
