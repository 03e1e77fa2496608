package dev.stowage.core.spool;

import dev.stowage.core.error.PayloadTooLarge;
import dev.stowage.core.error.StorageUnavailable;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * Disk space for bodies that can't be stored as they are received: files that precede the form fields with their keys, and parts of unknown
 * length for a store that requires it. All of them share one directory and one budget, and leave some space on the disk free. Safe for
 * concurrent use.
 */
public final class SpoolSpace {

    /** The usual capacity, in bytes. */
    public static final long STANDARD_CAPACITY = 4L << 30;

    /** The bytes that are left free on the disk. */
    static final long MIN_FREE = 256L << 20;

    /** The number of bytes after which the free space is checked again. */
    private static final long CHECK_INTERVAL = 8L << 20;

    private static final int BUFFER = 64 << 10;
    private static final String PREFIX = "stowage-spool-";
    private static final String SUFFIX = ".tmp";

    private final Path directory;
    private final long capacity;
    private final LongSupplier freeBytes;
    private final AtomicLong used = new AtomicLong();
    private final AtomicLong sinceLook = new AtomicLong();

    SpoolSpace(Path directory, long capacity, LongSupplier freeBytes) {
        this.directory = directory;
        this.capacity = capacity;
        this.freeBytes = freeBytes;
    }

    /**
     * Opens the space, creates its directory if it is missing, and deletes files that an earlier process has left.
     *
     * @param capacity of all bodies together in bytes
     * @throws UncheckedIOException when the directory can't be created or written to
     */
    public static SpoolSpace open(Path directory, long capacity) {
        try {
            Files.createDirectories(directory);
            clean(directory);
            FileStore disk = Files.getFileStore(directory);
            SpoolSpace space = new SpoolSpace(directory, capacity, () -> free(disk));
            // Fails now, and not with the first upload.
            space.openFile().close();
            return space;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns a space in the system's temporary directory, for programs that rarely need one. Creates and deletes nothing yet. */
    public static SpoolSpace ofSystem() {
        Path directory = Path.of(System.getProperty("java.io.tmpdir"));
        return new SpoolSpace(directory, STANDARD_CAPACITY, directory.toFile()::getUsableSpace);
    }

    /** Returns the number of used bytes. */
    public long used() {
        return used.get();
    }

    /**
     * Creates an empty spool. Nothing is left on disk once it is closed, or, after a crash, once the service is started again.
     *
     * @throws StorageUnavailable when there is no space left, or the disk fails
     */
    public Spool create() {
        checkFree();
        try {
            return new Spool(openFile(), this);
        } catch (IOException e) {
            throw failed(e);
        }
    }

    /**
     * Copies {@code body} to a spool. Nothing is left on disk when it fails.
     *
     * @param maxSize the maximum size in bytes
     * @throws PayloadTooLarge when the body is larger
     * @throws StorageUnavailable when there is no space left, or the disk fails
     * @throws IOException when {@code body} can't be read
     */
    public Spool keep(InputStream body, long maxSize) throws IOException {
        Spool spool = create();
        try {
            byte[] buffer = new byte[BUFFER];
            for (int count = body.read(buffer); count >= 0; count = body.read(buffer)) {
                if (spool.size() + count > maxSize) {
                    throw new PayloadTooLarge(maxSize);
                }
                spool.append(ByteBuffer.wrap(buffer, 0, count));
            }
            return spool;
        } catch (IOException | RuntimeException e) {
            spool.close();
            throw e;
        }
    }

    void take(int bytes) {
        if (used.addAndGet(bytes) > capacity) {
            giveBack(bytes);
            throw noRoom();
        }
        if (sinceLook.addAndGet(bytes) >= CHECK_INTERVAL) {
            sinceLook.set(0);
            try {
                checkFree();
            } catch (StorageUnavailable e) {
                giveBack(bytes);
                throw e;
            }
        }
    }

    void giveBack(long bytes) {
        used.addAndGet(-bytes);
    }

    static StorageUnavailable failed(IOException cause) {
        return new StorageUnavailable("The service's temporary folder can't be written to; try again later", cause);
    }

    private void checkFree() {
        if (freeBytes.getAsLong() < MIN_FREE) {
            throw noRoom();
        }
    }

    private static StorageUnavailable noRoom() {
        return new StorageUnavailable(
                "The service's temporary space is used up; try again later. Send a form's fields before the file, and a part with its length:"
                        + " such requests need no temporary space",
                null);
    }

    /** The file is deleted as soon as it is open (on POSIX), so that even a crash does not leave it behind. */
    private FileChannel openFile() throws IOException {
        Path file = Files.createTempFile(directory, PREFIX, SUFFIX);
        try {
            return FileChannel.open(
                    file, StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.DELETE_ON_CLOSE);
        } catch (IOException e) {
            Files.deleteIfExists(file);
            throw e;
        }
    }

    private static long free(FileStore disk) {
        try {
            return disk.getUsableSpace();
        } catch (IOException unknown) {
            return Long.MAX_VALUE;
        }
    }

    /** A file that another process has open is already deleted, or can't be deleted. */
    private static void clean(Path directory) throws IOException {
        try (DirectoryStream<Path> left = Files.newDirectoryStream(directory, PREFIX + "*" + SUFFIX)) {
            left.forEach(SpoolSpace::remove);
        }
    }

    private static void remove(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException inUse) {
            return;
        }
    }
}
