package dev.stowage.bench.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.HexFormat;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;

/** The files of the store. Parts are stored beside their object, the same for all uploads of it, and are never read. */
final class Objects {

    private final Path folder;
    private final AtomicLong created = new AtomicLong();

    Objects(Path folder) {
        this.folder = folder;
    }

    Optional<FileChannel> open(String path) throws IOException {
        try {
            return Optional.of(FileChannel.open(file(path), StandardOpenOption.READ));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    /** The size of a file; empty when it does not exist. */
    OptionalLong size(String path) throws IOException {
        try {
            return OptionalLong.of(Files.size(file(path)));
        } catch (NoSuchFileException e) {
            return OptionalLong.empty();
        }
    }

    /** A file that is not visible under its name before {@link #put}. */
    Path begin() {
        return folder.resolve("new-" + created.incrementAndGet());
    }

    void put(String path, Path written) throws IOException {
        Path file = file(path);
        Files.move(written, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    void copy(String source, String target) throws IOException {
        Path written = begin();
        Files.copy(file(source), written);
        put(target, written);
    }

    void delete(String path) throws IOException {
        Files.deleteIfExists(file(path));
    }

    /** A fake MD5, derived from a path. */
    static String etag(String path) {
        return HexFormat.of().toHexDigits(path.hashCode()).repeat(4);
    }

    private Path file(String path) {
        return folder.resolve(path.replace('/', '_'));
    }
}
