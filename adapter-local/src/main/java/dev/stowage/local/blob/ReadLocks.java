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
 * Which contents are being read, so that none of their blobs is removed under a reader who has not come to it yet.
 *
 * <p>The order makes it safe: a reader takes the lock and <em>then</em> reads the rows of the content's segments; who removes
 * a content commits that its rows are gone and <em>then</em> asks whether it is in use. Either the one finds no rows, or the other
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
     * Whether somebody reads a content whose rows are gone. If it is somebody in this process, {@link ReadLock#close} tells the last of
     * them; what readers elsewhere keep is for a later sweep.
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

    /** Shared by all readers of this process. Absent when somebody asks {@link #inUse} just now: then the rows are gone, too. */
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
         * Releases the lock. Again: does nothing.
         *
         * @return whether this was the last lock on a content whose blobs wait to be removed
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
