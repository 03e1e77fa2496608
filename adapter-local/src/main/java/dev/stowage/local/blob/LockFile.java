package dev.stowage.local.blob;

import dev.stowage.core.disk.PrivateFiles;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.Set;

/**
 * A file whose bytes are only locked, never written. Each lock tells other processes something. The operating system
 * releases the locks of a process when it ends for any reason.
 *
 * <p>No other code may open this file: closing any handle on it would release all locks of the process (POSIX, fcntl). Taking a lock
 * never waits, so it is not a blocking operation by which an interrupt could close the channel.
 */
final class LockFile implements AutoCloseable {

    private final FileChannel channel;

    LockFile(Path file) throws IOException {
        channel = FileChannel.open(
                file,
                Set.of(StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.CREATE),
                PrivateFiles.fileAttributes(file));
    }

    /** Locks a byte exclusively; empty when it is locked by another process or this one. */
    Optional<FileLock> exclusive(long position) throws IOException {
        return lock(position, false);
    }

    /** Locks a byte in shared mode; empty when it is locked exclusively, or by this process already. */
    Optional<FileLock> shared(long position) throws IOException {
        return lock(position, true);
    }

    private Optional<FileLock> lock(long position, boolean shared) throws IOException {
        try {
            return Optional.ofNullable(channel.tryLock(position, 1, shared));
        } catch (OverlappingFileLockException e) {
            return Optional.empty();
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
