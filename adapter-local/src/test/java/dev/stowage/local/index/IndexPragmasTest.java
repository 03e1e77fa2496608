package dev.stowage.local.index;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The settings that SQLite reports, on which durability depends. */
final class IndexPragmasTest {

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({
        "journal_mode, wal",
        "synchronous, 2",
        "foreign_keys, 1",
        "busy_timeout, 10000",
        "wal_autocheckpoint, 4000",
        "journal_size_limit, 67108864",
        "encoding, UTF-8"
    })
    void open_setsEveryPragma(String pragma, String value) {
        try (Index index = Index.open(folder.resolve("index.db"), () -> {})) {
            String set = index.read(handle ->
                    handle.createQuery("PRAGMA " + pragma).mapTo(String.class).one());
            assertThat(set).isEqualTo(value);
        }
    }
}
