package dev.stowage.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The settings that SQLite reports, on which durability depends. */
final class ConnectionFactoryTest {

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({
        "journal_mode, wal",
        "synchronous, 2",
        "foreign_keys, 1",
        "busy_timeout, 10000",
        "wal_autocheckpoint, 4000",
        "encoding, UTF-8"
    })
    void open_setsEveryPragma(String pragma, String value) {
        try (Handle handle =
                new ConnectionFactory(folder.resolve("test.db"), Map.of("wal_autocheckpoint", "4000")).open()) {
            assertThat(handle.createQuery("PRAGMA " + pragma)
                            .mapTo(String.class)
                            .one())
                    .isEqualTo(value);
        }
    }

    @Test
    void openForMigration_ofANewDatabase_waitsForItsOtherWriter() throws Exception {
        Path file = folder.resolve("test.db");
        ExecutorService thread = Executors.newSingleThreadExecutor();
        try (Connection other = DriverManager.getConnection(DatabaseFile.url(file));
                Statement statement = other.createStatement()) {
            statement.executeUpdate("BEGIN IMMEDIATE");
            Future<Connection> opened = thread.submit(new ConnectionFactory(file, Map.of())::openForMigration);
            assertThatThrownBy(() -> opened.get(100, TimeUnit.MILLISECONDS)).isInstanceOf(TimeoutException.class);

            statement.executeUpdate("COMMIT");

            opened.get(10, TimeUnit.SECONDS).close();
        } finally {
            thread.shutdown();
        }
    }
}
