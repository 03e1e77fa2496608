package dev.stowage.it.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Temporary folders for the lifetime of a store. */
final class Folders {

    private Folders() {}

    static Path create() {
        try {
            return Files.createTempDirectory("stowage-it");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Path create(Path parent) {
        try {
            return Files.createTempDirectory(parent, "node");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Deletes a folder with its contents. */
    static void delete(Path folder) {
        try (Stream<Path> all = Files.walk(folder)) {
            List<Path> deepestFirst = all.sorted(Comparator.reverseOrder()).toList();
            for (Path path : deepestFirst) {
                Files.deleteIfExists(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
