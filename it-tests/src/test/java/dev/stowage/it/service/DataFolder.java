package dev.stowage.it.service;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Data folders in which no service runs, handled as an operator does with {@code cp -a} and {@code rm -r}. */
public final class DataFolder {

    private DataFolder() {}

    /** Copies a folder to another one that is not there yet. */
    public static void copy(Path source, Path target) throws IOException {
        for (Path path : paths(source)) {
            Files.copy(path, target.resolve(source.relativize(path).toString()));
        }
    }

    /** Removes a folder with all that is in it. */
    public static void delete(Path folder) throws IOException {
        for (Path path :
                paths(folder).stream().sorted(Comparator.reverseOrder()).toList()) {
            Files.delete(path);
        }
    }

    private static List<Path> paths(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.toList();
        }
    }
}
