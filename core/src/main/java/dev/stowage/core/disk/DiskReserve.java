package dev.stowage.core.disk;

import dev.stowage.core.error.StorageFull;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.UUID;

/**
 * A reserve of disk space, so that files can be deleted, and processes can renew their leases, when the disk is full.
 *
 * <p>Writers of data call {@link #checkRoom} first, which fails while little space is free. A file, {@value #NAME}, takes up space that
 * {@link #release} frees when even a small write fails, and that {@link #fill} takes again once there is enough. Several processes may
 * share it. Safe for concurrent use.
 */
public final class DiskReserve {

    private static final String NAME = "disk.reserve";
    private static final long MAX_SIZE = 16L << 20;
    private static final long MAX_FLOOR = 64L << 20;
    /** More than a file system compresses at once. */
    private static final int BLOCK = 1 << 20;

    private static final int PAGE = 4 << 10;

    private final Path folder;
    private final Path file;
    private final long size;
    private final long floor;

    private DiskReserve(Path folder, long size, long floor) {
        this.folder = folder;
        this.file = folder.resolve(NAME);
        this.size = size;
        this.floor = floor;
    }

    /**
     * Returns the reserve on the disk of {@code folder}: 16 MiB, and a minimum of 64 MiB of free space; less on disks smaller than 1 GiB.
     * There is no reserve if the file system does not report its size.
     */
    public static DiskReserve in(Path folder) {
        long total = folder.toFile().getTotalSpace();
        return new DiskReserve(folder, Math.min(MAX_SIZE, total / 32), Math.min(MAX_FLOOR, total / 8));
    }

    /**
     * Checks the free space before data is added.
     *
     * @throws StorageFull when the remaining space is needed for deletions and other small writes
     */
    public void checkRoom() {
        if (freeSpace() < floor) {
            throw new StorageFull(new IOException("less than " + floor + " bytes are free in " + folder));
        }
    }

    /** Returns the number of bytes that are free for this user. */
    private long freeSpace() {
        return folder.toFile().getUsableSpace();
    }

    /**
     * Frees the reserve. Called when a small write failed because the disk is full; the write is then retried once.
     *
     * @return the number of bytes that this call has freed; 0 when there was no reserve
     */
    public long release() {
        try {
            return Files.deleteIfExists(file) ? size : 0;
        } catch (IOException e) {
            return 0;
        }
    }

    /** Takes the space for the reserve if there is enough. Idempotent. If that fails, there is no reserve until the next call. */
    public void fill() {
        if (Files.exists(file) || freeSpace() < floor + 2 * size || size == 0) {
            return;
        }
        Path temporary = folder.resolve(NAME + "." + UUID.randomUUID());
        try {
            try {
                write(temporary);
                Files.move(temporary, file, StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(temporary);
            }
        } catch (IOException notNow) {
            return;
        }
    }

    /**
     * Random bytes, as some file systems allocate no space for zeros. The same block is written again and again, because random bytes take
     * several times as long as writing them; a number makes its pages differ, for file systems that store equal ones once.
     */
    private void write(Path temporary) throws IOException {
        ByteBuffer block = ByteBuffer.allocate((int) Math.min(size, BLOCK));
        new SplittableRandom().nextBytes(block.array());
        Set<StandardOpenOption> options = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        try (FileChannel channel = FileChannel.open(temporary, options, PrivateFiles.fileAttributes(temporary))) {
            for (long written = 0; written < size; written += block.capacity()) {
                block.clear();
                for (int page = 0; page <= block.capacity() - Long.BYTES; page += PAGE) {
                    block.putLong(page, written + page);
                }
                block.position(0).limit((int) Math.min(block.capacity(), size - written));
                while (block.hasRemaining()) {
                    int unused = channel.write(block);
                }
            }
        }
    }
}
