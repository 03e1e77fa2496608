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
 * Room on disk for bodies that have to be kept before they can be stored: files that come before the form fields that say where they go,
 * and parts of unknown length for a store that wants to know it. All of them share one folder and one budget, and none of them takes the
 * last of a disk. Safe for concurrent use.
 */
public final class SpoolSpace {

    /** What is left to others on the disk, in bytes. */
    static final long MIN_FREE = 256L << 20;

    /** After how many bytes the disk is looked at again. */
    private static final long LOOK_EVERY = 8L << 20;

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
     * Opens the space, makes its folder where it is missing, and removes what an earlier process has left in it.
     *
     * @param capacity for everything at once, in bytes
     * @throws UncheckedIOException when the folder can't be made or written to
     */
    public static SpoolSpace open(Path directory, long capacity) {
        try {
            Files.createDirectories(directory);
            clean(directory);
            FileStore disk = Files.getFileStore(directory);
            SpoolSpace space = new SpoolSpace(directory, capacity, () -> free(disk));
            // Fails now rather than with the first upload.
            space.openFile().close();
            return space;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Room in the system's temporary folder, for programs that hardly ever need any; nothing is made or removed there yet. */
    public static SpoolSpace ofSystem() {
        Path directory = Path.of(System.getProperty("java.io.tmpdir"));
        return new SpoolSpace(directory, SpoolConfig.STANDARD_LIMIT, directory.toFile()::getUsableSpace);
    }

    /** How many bytes are taken. */
    public long used() {
        return used.get();
    }

    /**
     * Room that is empty yet. Nothing is left on disk once it is closed; after a crash, once the service starts again.
     *
     * @throws StorageUnavailable when there is no room, or the disk fails
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
     * Keeps {@code body} until the result is closed. Nothing is left on disk when it fails.
     *
     * @param maxSize of the file, in bytes
     * @throws PayloadTooLarge when there are more
     * @throws StorageUnavailable when there is no room, or the disk fails
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
        if (sinceLook.addAndGet(bytes) >= LOOK_EVERY) {
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

    /** The file has no name any more once it is open (on POSIX), so that not even a crash leaves it behind. */
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

    /** Of a file that another process has open, the name is gone already, or can't be removed. */
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
