package dev.stowage.local;

import dev.stowage.core.port.Storage;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A data folder with an open store, for each test. */
abstract class OpenFolder {

    @TempDir
    Path path;

    DataFolder folder;
    Storage storage;

    @BeforeEach
    void open() {
        folder = new DataFolder(path);
        storage = folder.open();
    }

    @AfterEach
    void close() {
        storage.close();
    }
}
