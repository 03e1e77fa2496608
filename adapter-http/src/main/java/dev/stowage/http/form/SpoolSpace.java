package dev.stowage.http.form;

import dev.stowage.core.error.PayloadTooLarge;
import dev.stowage.core.error.StorageUnavailable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Room on disk for files that come before the fields that say where they go. All requests share it. Safe for concurrent use.
 */
public final class SpoolSpace {

    private static final int BUFFER = 64 << 10;

    private final Path directory;
    private final long capacity;
    private final AtomicLong used = new AtomicLong();

    /** @param capacity for all files at once, in bytes */
    public SpoolSpace(Path directory, long capacity) {
        this.directory = directory;
        this.capacity = capacity;
    }

    /** How many bytes are taken. */
    long used() {
        return used.get();
    }

    /**
     * Keeps {@code body} until the result is closed. Nothing is left on disk when it fails.
     *
     * @param maxSize of the file, in bytes
     * @throws PayloadTooLarge when there are more
     * @throws StorageUnavailable when there is no room, or the disk fails
     * @throws IOException when {@code body} can't be read
     */
    Spool keep(InputStream body, long maxSize) throws IOException {
        Spool spool = new Spool(open(), this);
        try {
            byte[] buffer = new byte[BUFFER];
            for (int count = body.read(buffer); count >= 0; count = body.read(buffer)) {
                if (spool.size() + count > maxSize) {
                    throw new PayloadTooLarge(maxSize);
                }
                take(count);
                spool.append(ByteBuffer.wrap(buffer, 0, count));
            }
            return spool;
        } catch (IOException | RuntimeException e) {
            spool.close();
            throw e;
        }
    }

    void giveBack(long bytes) {
        used.addAndGet(-bytes);
    }

    private void take(int bytes) {
        if (used.addAndGet(bytes) > capacity) {
            giveBack(bytes);
            throw new StorageUnavailable(
                    "There is no room to keep a file until its fields arrive. Send the fields before the file", null);
        }
    }

    /** The file has no name any more once it is open (on POSIX), so that not even a crash leaves it behind. */
    private FileChannel open() {
        try {
            Path file = Files.createTempFile(directory, "stowage-form-", ".tmp");
            try {
                return FileChannel.open(
                        file, StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.DELETE_ON_CLOSE);
            } catch (IOException e) {
                Files.deleteIfExists(file);
                throw e;
            }
        } catch (IOException e) {
            throw failed(e);
        }
    }

    static StorageUnavailable failed(IOException cause) {
        return new StorageUnavailable(
                "The file could not be kept until its fields arrive. Send the fields before the file", cause);
    }
}
