package dev.stowage.core.disk;

import dev.stowage.core.error.StorageFull;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Random;
import java.util.Set;
import java.util.UUID;

/**
 * Disk space that is kept back, so that files can be deleted, and processes can say that they are alive, when the disk is full.
 *
 * <p>What adds data asks {@link #checkRoom} first, which refuses it while little space is free. A file, {@value #NAME}, takes space that
 * {@link #release} frees when even a small write fails; {@link #fill} takes it again once there is room. Several processes may share it.
 * Safe for concurrent use.
 */
public final class DiskReserve {

    private static final String NAME = "disk.reserve";
    private static final long MAX_SIZE = 16L << 20;
    private static final long MAX_FLOOR = 64L << 20;
    private static final int CHUNK = 64 << 10;

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
     * The reserve of the disk that {@code folder} is on: 16 MiB, and a floor of 64 MiB; less on disks below a GiB. None where the file
     * system does not tell its size.
     */
    public static DiskReserve in(Path folder) {
        long total = folder.toFile().getTotalSpace();
        return new DiskReserve(folder, Math.min(MAX_SIZE, total / 32), Math.min(MAX_FLOOR, total / 8));
    }

    /**
     * Asked before data is added.
     *
     * @throws StorageFull when so little space is free that only deletions and the like may still be written
     */
    public void checkRoom() {
        if (freeSpace() < floor) {
            throw new StorageFull(new IOException("less than " + floor + " bytes are free in " + folder));
        }
    }

    /** How many bytes are free for this user. */
    public long freeSpace() {
        return folder.toFile().getUsableSpace();
    }

    /**
     * Frees the space that was kept back. To be called when a small write failed for want of space, which is then to be tried once more.
     *
     * @return whether there was any
     */
    public boolean release() {
        try {
            return Files.deleteIfExists(file);
        } catch (IOException e) {
            return false;
        }
    }

    /** Takes the space when there is plenty. Again: does nothing. When it can't be taken, there is none until the next time. */
    public void fill() {
        if (Files.exists(file) || freeSpace() < floor + 2 * size || size == 0) {
            return;
        }
        Path draft = folder.resolve(NAME + "." + UUID.randomUUID());
        try {
            try {
                write(draft);
                Files.move(draft, file, StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(draft);
            }
        } catch (IOException notNow) {
            return;
        }
    }

    /** Random bytes, as some file systems keep no room for zeros. */
    private void write(Path draft) throws IOException {
        byte[] chunk = new byte[CHUNK];
        Random random = new Random();
        Set<StandardOpenOption> options = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        try (FileChannel channel = FileChannel.open(draft, options, PrivateFiles.fileAttributes(draft))) {
            for (long written = 0; written < size; written += CHUNK) {
                random.nextBytes(chunk);
                ByteBuffer buffer = ByteBuffer.wrap(chunk);
                while (buffer.hasRemaining()) {
                    int unused = channel.write(buffer);
                }
            }
        }
    }
}
