package dev.stowage.local.blob;

import dev.stowage.local.fault.Faults;
import java.io.IOException;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Locks on contents that are being read, so that no blob is deleted before a reader has reached it.
 *
 * <p>The order makes it safe: a reader takes the lock and <em>then</em> reads the rows of the content's segments; a writer that
 * deletes a content commits the deletion of its rows and <em>then</em> checks for locks. Either the reader finds no rows, or the writer
 * finds the lock. Between processes, it is a lock on one byte of the lock file for each content.
 */
public final class ReadLocks {

    private final LockFile locks;
    private final Path place;
    private final Map<Long, Entry> entries = new HashMap<>();

    ReadLocks(LockFile locks, Path place) {
        this.locks = locks;
        this.place = place;
    }

    /** Takes a lock; to be closed. */
    public synchronized ReadLock take(long content) {
        Entry entry = entries.get(content);
        if (entry == null) {
            entry = new Entry(lock(content));
            entries.put(content, entry);
        }
        entry.readers++;
        return new ReadLock(content);
    }

    /**
     * Whether a content whose rows are deleted is being read. When it is read in this process, {@link ReadLock#close} tells the last
     * reader; blobs that are read by other processes are left to a later sweep.
     */
    public synchronized boolean inUse(long content) {
        Entry entry = entries.get(content);
        if (entry != null) {
            entry.doomed = true;
            return true;
        }
        try {
            Optional<FileLock> probe = locks.exclusive(content);
            if (probe.isEmpty()) {
                return true;
            }
            probe.get().release();
            return false;
        } catch (IOException e) {
            throw Faults.io(e, place);
        }
    }

    /** The file lock shared by all readers of this process. Null while {@link #inUse} checks it: the rows are deleted then. */
    private @Nullable FileLock lock(long content) {
        try {
            return locks.shared(content).orElse(null);
        } catch (IOException e) {
            throw Faults.io(e, place);
        }
    }

    private synchronized boolean end(long content) {
        Entry entry = entries.get(content);
        if (entry == null || --entry.readers > 0) {
            return false;
        }
        entries.remove(content);
        if (entry.lock != null) {
            try {
                entry.lock.release();
            } catch (IOException e) {
                throw Faults.io(e, place);
            }
        }
        return entry.doomed;
    }

    /** A reader's lock on a content. */
    public final class ReadLock {

        private final long content;
        private boolean ended;

        private ReadLock(long content) {
            this.content = content;
        }

        /**
         * Releases the lock. Idempotent.
         *
         * @return whether this was the last lock on a content whose blobs are to be deleted
         */
        public boolean close() {
            if (ended) {
                return false;
            }
            ended = true;
            return end(content);
        }
    }

    private static final class Entry {
        private final @Nullable FileLock lock;
        private int readers;
        private boolean doomed;

        Entry(@Nullable FileLock lock) {
            this.lock = lock;
        }
    }
}
