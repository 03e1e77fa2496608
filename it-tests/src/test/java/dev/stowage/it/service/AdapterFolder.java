package dev.stowage.it.service;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;

/** The jars of an adapter in {@code ./adapters} of a service. */
public final class AdapterFolder {

    private final Path folder;

    private AdapterFolder(Path folder) {
        this.folder = folder;
    }

    /** Creates the folder of the adapter {@code name} for a service that is started in {@code service}. */
    public static AdapterFolder create(Path service, String name) throws IOException {
        return new AdapterFolder(
                Files.createDirectories(service.resolve("adapters").resolve(name)));
    }

    /** Adds the packages of some classes, with the names of their providers, or the jars that they are in. */
    public AdapterFolder with(Class<?>... types) throws IOException {
        for (Class<?> type : types) {
            Path from = Path.of(
                    type.getProtectionDomain().getCodeSource().getLocation().getPath());
            Path jar = folder.resolve(type.getSimpleName() + ".jar");
            if (Files.isDirectory(from)) {
                pack(from, type.getPackageName().replace('.', '/'), jar);
            } else {
                Files.copy(from, jar);
            }
        }
        return this;
    }

    /** Adds copies of all files of another folder. */
    public void withFilesOf(Path other) throws IOException {
        for (Path file : files(other)) {
            Files.copy(file, folder.resolve(file.getFileName()));
        }
    }

    private static void pack(Path classes, String contents, Path jar) throws IOException {
        try (OutputStream file = Files.newOutputStream(jar);
                JarOutputStream out = new JarOutputStream(file)) {
            for (Path path : files(classes)) {
                String name = classes.relativize(path).toString();
                if (name.startsWith(contents) || name.startsWith("META-INF/services/")) {
                    out.putNextEntry(new JarEntry(name));
                    Files.copy(path, out);
                }
            }
        }
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).toList();
        }
    }
}
