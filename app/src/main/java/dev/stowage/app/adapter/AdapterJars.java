package dev.stowage.app.adapter;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The jars of one adapter: those in a folder, or a single one.
 *
 * @param location the folder or the jar
 * @param jars in the order of their names; empty for a folder without jars
 */
record AdapterJars(Path location, List<Path> jars) {
    AdapterJars {
        jars = List.copyOf(jars);
    }

    /**
     * The adapters in {@code path}: its folders, and the jars directly in it. Hidden files and files of other kinds are skipped.
     *
     * @param path a folder, or the only jar
     * @throws IOException when it can't be read
     */
    static List<AdapterJars> in(Path path) throws IOException {
        if (isJar(path)) {
            return List.of(new AdapterJars(path, List.of(path)));
        }
        List<AdapterJars> found = new ArrayList<>();
        for (Path entry : entries(path)) {
            if (Files.isDirectory(entry)) {
                List<Path> jars =
                        entries(entry).stream().filter(AdapterJars::isJar).toList();
                found.add(new AdapterJars(entry, jars));
            } else if (isJar(entry)) {
                found.add(new AdapterJars(entry, List.of(entry)));
            }
        }
        return found;
    }

    private static List<Path> entries(Path folder) throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.filter(entry -> !entry.getFileName().toString().startsWith("."))
                    .sorted()
                    .toList();
        }
    }

    private static boolean isJar(Path path) {
        return path.toString().endsWith(".jar") && Files.isRegularFile(path);
    }
}
