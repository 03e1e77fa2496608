package dev.stowage.app.logging;

import dev.stowage.core.disk.PrivateFiles;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An append-only file of lines, each in one write, so that several processes may share it. It follows rotation: after
 * the file was renamed or removed, the next line creates a new one. A line that a failed write left incomplete is terminated before the
 * next. Safe for concurrent use. Interrupts do not close it.
 */
final class LineFile implements LineOutput {

    private static final long UNKNOWN = -1;

    private final Path path;
    private @Nullable Opened opened;
    /** The size of the file after the last line that was written here; unknown after a failure. */
    private long end = UNKNOWN;

    /** @param path the file; created with its folder by the first line */
    LineFile(Path path) {
        this.path = path;
    }

    /** Opens the file, or reopens it. */
    @Override
    public synchronized void reopen() throws IOException {
        close();
        Path folder = path.toAbsolutePath().getParent();
        if (folder != null && !Files.exists(folder)) {
            PrivateFiles.createFolders(folder);
        }
        PrivateFiles.createIfMissing(path);
        end = UNKNOWN;
        opened = Opened.of(path);
    }

    @Override
    public synchronized void write(String line) throws IOException {
        Opened file = current();
        long size = file.size();
        // The end is read only after another process has written, or a write has failed.
        boolean within = size != end && file.endsWithinALine(size);
        byte[] bytes = (within ? "\n" + line : line).getBytes(StandardCharsets.UTF_8);
        end = UNKNOWN;
        file.out().write(bytes);
        end = size + bytes.length;
    }

    @Override
    public long freeSpace() {
        // Some network file systems do not report their size.
        boolean known = Files.isRegularFile(path) && path.toFile().getTotalSpace() > 0;
        return known ? path.toFile().getUsableSpace() : Long.MAX_VALUE;
    }

    @Override
    public String toString() {
        return path.toString();
    }

    private Opened current() throws IOException {
        if (opened == null || !opened.isAt(path)) {
            reopen();
        }
        return Objects.requireNonNull(opened);
    }

    @Override
    public synchronized void close() throws IOException {
        Opened open = opened;
        opened = null;
        if (open != null) {
            open.close();
        }
    }

    /**
     * An open file.
     *
     * @param key identifies the file behind the name; null where the file system has no such key
     * @param reader of the same file; null when it is not a regular file
     */
    private record Opened(
            FileOutputStream out,
            @Nullable Object key,
            @Nullable RandomAccessFile reader) {

        static Opened of(Path path) throws IOException {
            FileOutputStream out = new FileOutputStream(path.toFile(), true);
            try {
                BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
                RandomAccessFile reader = attributes.isRegularFile() ? new RandomAccessFile(path.toFile(), "r") : null;
                return new Opened(out, attributes.fileKey(), reader);
            } catch (IOException e) {
                out.close();
                throw e;
            }
        }

        boolean isAt(Path path) throws IOException {
            try {
                return Objects.equals(
                        Files.readAttributes(path, BasicFileAttributes.class).fileKey(), key);
            } catch (NoSuchFileException e) {
                return false;
            }
        }

        /** In bytes; 0 when it is not a regular file. */
        long size() throws IOException {
            return reader == null ? 0 : reader.length();
        }

        boolean endsWithinALine(long size) throws IOException {
            if (reader == null || size == 0) {
                return false;
            }
            reader.seek(size - 1);
            int last = reader.read();
            return last >= 0 && last != '\n';
        }

        void close() throws IOException {
            try {
                out.close();
            } finally {
                if (reader != null) {
                    reader.close();
                }
            }
        }
    }
}
