package dev.stowage.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.jdbi.v3.core.Handle;
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
}
