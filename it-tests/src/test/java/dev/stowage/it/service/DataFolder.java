package dev.stowage.it.service;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Operations on the data folder of a stopped service, like an operator's {@code cp -a} and {@code rm -r}. */
public final class DataFolder {

    private DataFolder() {}

    /** Copies a folder to a new one. */
    public static void copy(Path source, Path target) throws IOException {
        for (Path path : paths(source)) {
            Files.copy(path, target.resolve(source.relativize(path).toString()));
        }
    }

    /** Deletes a folder with its contents. */
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
