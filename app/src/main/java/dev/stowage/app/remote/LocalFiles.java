package dev.stowage.app.remote;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.text.Normalizer;
import java.util.EnumSet;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Finds the local files that arguments name: files, directories and glob patterns. Symbolic links are followed. */
final class LocalFiles {

    private static final Pattern GLOB = Pattern.compile("[*?\\[{]");

    private final Path folder;
    private final boolean recursive;

    /**
     * @param folder of relative paths
     * @param recursive whether directories stand for all files in them
     */
    LocalFiles(Path folder, boolean recursive) {
        this.folder = folder;
        this.recursive = recursive;
    }

    /** Gets the files that are found. */
    interface Found {

        /**
         * @param name below the target: the file's name, or its path in a directory, with slashes and in NFC
         */
        void file(Path file, String name, BasicFileAttributes attributes) throws IOException, InterruptedException;

        void failed(String name, CommandFailure failure);
    }

    /** @throws CommandFailure when the argument names nothing, or a directory and not {@code recursive} */
    void find(String argument, Found found) throws IOException, InterruptedException {
        Path path = folder.resolve(argument);
        if (Files.isDirectory(path)) {
            if (!recursive) {
                throw CommandFailure.usage(argument + " is a directory; use -r");
            }
            boolean contents =
                    argument.endsWith("/") || lastName(path).toString().matches("\\.{0,2}");
            Path base = contents ? path : path.resolveSibling("");
            walk(path, base, file -> true, found);
        } else if (Files.exists(path)) {
            found.file(path, name(lastName(path)), Files.readAttributes(path, BasicFileAttributes.class));
        } else if (GLOB.matcher(argument).find()) {
            glob(argument, found);
        } else {
            throw CommandFailure.failed("There is no file " + argument);
        }
    }

    private void glob(String pattern, Found found) throws IOException, InterruptedException {
        String literal = GLOB.split(pattern, 2)[0];
        Path base = folder.resolve(literal.substring(0, literal.lastIndexOf('/') + 1));
        PathMatcher matcher = FileSystems.getDefault().getPathMatcher("glob:" + folder.resolve(pattern));
        long[] count = {0};
        Found counted = new Found() {

            @Override
            public void file(Path file, String name, BasicFileAttributes attributes)
                    throws IOException, InterruptedException {
                count[0]++;
                found.file(file, name, attributes);
            }

            @Override
            public void failed(String name, CommandFailure failure) {
                found.failed(name, failure);
            }
        };
        if (Files.isDirectory(base)) {
            walk(base, base, matcher, counted);
        }
        if (count[0] == 0) {
            throw CommandFailure.failed("No file matches " + pattern);
        }
    }

    private static void walk(Path start, Path base, PathMatcher matcher, Found found)
            throws IOException, InterruptedException {
        InterruptedException[] interrupted = {null};
        Files.walkFileTree(
                start, EnumSet.of(FileVisitOption.FOLLOW_LINKS), Integer.MAX_VALUE, new SimpleFileVisitor<>() {

                    @Override
                    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                        if (!matcher.matches(file)) {
                            return FileVisitResult.CONTINUE;
                        }
                        try {
                            if (attributes.isRegularFile()) {
                                found.file(file, name(base.relativize(file)), attributes);
                            } else {
                                found.failed(file.toString(), CommandFailure.failed("This is not a regular file"));
                            }
                        } catch (InterruptedException e) {
                            interrupted[0] = e;
                            return FileVisitResult.TERMINATE;
                        }
                        return FileVisitResult.CONTINUE;
                    }

                    @Override
                    public FileVisitResult visitFileFailed(Path file, IOException failure) {
                        found.failed(file.toString(), CommandFailure.of(failure));
                        return FileVisitResult.CONTINUE;
                    }

                    @Override
                    public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException failure) {
                        if (failure != null) {
                            found.failed(directory.toString(), CommandFailure.of(failure));
                        }
                        return FileVisitResult.CONTINUE;
                    }
                });
        if (interrupted[0] != null) {
            throw interrupted[0];
        }
    }

    /** Returns the path itself where it has no name, as the root. */
    private static Path lastName(Path path) {
        return Objects.requireNonNullElse(path.getFileName(), path);
    }

    /** Keys are in NFC, while some file systems decompose names. */
    private static String name(Path relative) {
        StringBuilder name = new StringBuilder();
        relative.forEach(segment -> name.append(name.isEmpty() ? "" : "/").append(segment));
        return Normalizer.normalize(name, Normalizer.Form.NFC);
    }
}
