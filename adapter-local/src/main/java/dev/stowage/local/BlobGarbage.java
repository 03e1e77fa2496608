package dev.stowage.local;

import dev.stowage.core.error.StorageException;
import dev.stowage.local.blob.BlobStore;
import dev.stowage.local.index.GarbageTable;
import dev.stowage.local.index.GarbageTable.Entry;
import dev.stowage.local.index.Index;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Deletes blobs that the index lists as garbage. They become garbage in the same transaction that removes their last use, so
 * a crash, or a reader in another process, only delays their deletion until a sweep.
 */
final class BlobGarbage {

    private static final Logger LOG = LoggerFactory.getLogger(BlobGarbage.class);
    private static final int PAGE = 500;

    private final Index index;
    private final BlobStore blobs;

    BlobGarbage(Index index, BlobStore blobs) {
        this.index = index;
        this.blobs = blobs;
    }

    /** Deletes the blobs that a change freed. A failure does not affect the change: it is logged, and a sweep tries again. */
    void deleteFreed(List<Long> freed) {
        try {
            delete(freed, new Tally());
        } catch (StorageException e) {
            LOG.warn("Could not delete blobs; the next sweep tries again", e);
        }
    }

    /** Deletes all garbage that is not being read. */
    void deleteAll(Tally tally) {
        List<Long> contents = List.of(-1L);
        do {
            long after = contents.get(contents.size() - 1);
            contents = index.read(handle -> GarbageTable.contents(handle, after, PAGE));
            delete(contents, tally);
        } while (!contents.isEmpty());
    }

    private void delete(List<Long> contents, Tally tally) {
        List<Long> unread = contents.stream().filter(this::isUnread).toList();
        if (unread.isEmpty()) {
            return;
        }
        List<Entry> page = List.of(Entry.FIRST);
        do {
            Entry last = page.get(page.size() - 1);
            page = index.read(handle -> GarbageTable.entries(handle, unread, last, PAGE));
            remove(page, tally);
        } while (page.size() == PAGE);
    }

    private boolean isUnread(long content) {
        return content == GarbageTable.UNREAD || !blobs.readLocks().inUse(content);
    }

    private void remove(List<Entry> page, Tally tally) {
        List<Entry> removed = new ArrayList<>();
        try {
            for (Entry entry : page) {
                if (blobs.delete(entry.blob())) {
                    tally.add(entry.size());
                }
                removed.add(entry);
            }
        } finally {
            if (!removed.isEmpty()) {
                index.writeLater(handle -> GarbageTable.delete(handle, removed));
            }
        }
    }

    /** Counts what is deleted. */
    static final class Tally {

        private final AtomicLong items = new AtomicLong();
        private final AtomicLong bytes = new AtomicLong();

        /** @param size of one item, in bytes */
        void add(long size) {
            items.incrementAndGet();
            bytes.addAndGet(size);
        }

        long items() {
            return items.get();
        }

        long bytes() {
            return bytes.get();
        }
    }
}
