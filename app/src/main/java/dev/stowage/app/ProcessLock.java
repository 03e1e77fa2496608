package dev.stowage.app;

import dev.stowage.core.disk.PrivateFiles;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;

/**
 * A lock in {@code DATA_DIR} that each running process shares, so that a new process knows whether all others have ended. The operating
 * system releases the locks of a process when it ends for any reason. Otherwise, the work of a process that crashed waits until its lease
 * has expired.
 */
final class ProcessLock implements AutoCloseable {

    /** The file is locked, never written. No other code may open it: closing any handle on it would release the lock (POSIX, fcntl). */
    static final String FILE = "process.lock";

    private static final int ATTEMPTS = 100;
    private static final long PAUSE_MILLIS = 20;

    private final FileChannel channel;

    private ProcessLock(FileChannel channel) {
        this.channel = channel;
    }

    /**
     * Takes the lock.
     *
     * @param folder exists
     * @param onlyOne runs if no other process has the lock; none takes it meanwhile
     * @throws IOException when the file can't be locked; the caller works without the lock then
     */
    static ProcessLock take(Path folder, Runnable onlyOne) throws IOException {
        Path file = folder.resolve(FILE);
        FileChannel channel = FileChannel.open(
                file,
                Set.of(StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.CREATE),
                PrivateFiles.fileAttributes(file));
        try {
            FileLock exclusive = channel.tryLock(0, 1, false);
            if (exclusive != null) {
                onlyOne.run();
                exclusive.release();
            }
            share(channel);
            return new ProcessLock(channel);
        } catch (OverlappingFileLockException alreadyTaken) {
            // By this process.
            return new ProcessLock(channel);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    /** Another process that has just started has the lock alone for a moment. */
    private static void share(FileChannel channel) throws IOException {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            if (channel.tryLock(0, 1, true) != null) {
                return;
            }
            try {
                Thread.sleep(PAUSE_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException("interrupted", e);
            }
        }
        throw new IOException("another process does not release " + FILE);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
