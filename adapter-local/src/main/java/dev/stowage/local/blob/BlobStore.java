package dev.stowage.local.blob;

import dev.stowage.core.object.ByteSpan;
import dev.stowage.core.object.Content;
import dev.stowage.core.object.ContentStream;
import dev.stowage.local.fault.Faults;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The blobs of a data folder. Safe for concurrent use, also by several processes on the same folder; each process
 * opens a folder at most once.
 */
public final class BlobStore implements AutoCloseable {

    /** The block size of most file systems. */
    private static final int PROBE = 4096;

    private static final Logger LOG = LoggerFactory.getLogger(BlobStore.class);

    private final BlobFolder folder;
    private final LockFile locks;
    private final WriterClaim claim;
    private final ReadLocks readLocks;
    private final SecureRandom random = new SecureRandom();
    private final AtomicInteger begun = new AtomicInteger();
    private final Set<BlobId> pending = ConcurrentHashMap.newKeySet();
    private final HasherPool helpers = HasherPool.start();

    private BlobStore(BlobFolder folder, LockFile locks) throws IOException {
        this.folder = folder;
        this.locks = locks;
        claim = WriterClaim.take(locks, random);
        readLocks = new ReadLocks(locks, folder.root());
    }

    /**
     * Opens the blobs in {@code dataFolder}, and creates the folders for them if they are missing.
     *
     * @throws IOException when the folder is not writable
     */
    public static BlobStore open(Path dataFolder) throws IOException {
        BlobFolder folder = new BlobFolder(dataFolder.resolve("blobs"));
        folder.prepare();
        LockFile locks = new LockFile(dataFolder.resolve("store.lock"));
        try {
            return new BlobStore(folder, locks);
        } catch (IOException e) {
            locks.close();
            throw e;
        }
    }

    /** Begins a new blob; to be closed. */
    public PendingBlob begin() {
        BlobId id = BlobId.create(claim.number(), begun.getAndIncrement(), random);
        pending.add(id);
        return new PendingBlob(folder, pending, id, helpers);
    }

    /** Begins new blobs with the bytes of others; to be closed. */
    public LinkedBlobs link() {
        return new LinkedBlobs(this::begin);
    }

    /**
     * Opens a range of some segments; to be closed.
     *
     * @param segments at least one, together at least as long as {@code span} requires
     * @throws NoSuchFileException when the first blob of the range does not exist
     */
    public BlobStream read(List<Segment> segments, ByteSpan span) throws NoSuchFileException {
        try {
            return BlobStream.open(folder, segments, span);
        } catch (NoSuchFileException e) {
            throw e;
        } catch (IOException e) {
            throw Faults.io(e, folder.root());
        }
    }

    /** The locks on contents that are being read. */
    public ReadLocks readLocks() {
        return readLocks;
    }

    /**
     * Deletes a blob that no row refers to any more.
     *
     * @return whether it existed
     */
    public boolean delete(BlobId id) {
        try {
            return folder.delete(id);
        } catch (IOException e) {
            throw Faults.io(e, folder.root());
        }
    }

    /** Makes all blobs written so far durable. One call serves all threads that wait to commit. */
    public void sync() {
        try {
            folder.syncIncoming();
        } catch (IOException e) {
            throw Faults.io(e, folder.root());
        }
    }

    /** Writes and deletes an empty blob, to check that writes succeed. */
    public void check() {
        try (PendingBlob probe = begin()) {
            probe.write(ContentStream.open(Content.of(new byte[PROBE]), List.of()), OptionalLong.of(PROBE), PROBE);
        }
    }

    /** Visits the uncommitted blobs without a live writer, and keeps or deletes each. */
    public void settleIncoming(Settlement settlement) {
        try {
            folder.visitIncoming((id, file) -> {
                // The response of the index is final only when the writer is gone, so the writer is checked first.
                if (!pending.contains(id) && !claim.isElsewhere(id.writer())) {
                    settle(id, file, settlement);
                }
            });
        } catch (IOException e) {
            throw Faults.io(e, folder.root());
        }
    }

    /** Visits one of {@value BlobFolder#FOLDERS} folders, and deletes blobs that the index no longer knows. */
    public void settleFolder(int number, Settlement settlement) {
        try {
            folder.visitFolder(Math.floorMod(number, BlobFolder.FOLDERS), (id, file) -> settle(id, file, settlement));
        } catch (IOException e) {
            throw Faults.io(e, folder.root());
        }
    }

    private void settle(BlobId id, Path file, Settlement settlement) throws IOException {
        if (settlement.isKnown(id)) {
            folder.place(id);
            return;
        }
        long size = file.toFile().length();
        if (folder.delete(id)) {
            LOG.info("Deleted blob {} of {} bytes, left behind by a crash", id, size);
            settlement.removed(size);
        }
    }

    /** Releases this process's locks and helper threads; blobs that are still being written count as left behind from now on. */
    @Override
    public void close() {
        helpers.close();
        try {
            locks.close();
        } catch (IOException e) {
            LOG.warn("Could not close the lock file", e);
        }
    }

    /** Decides about blobs that are visited. */
    public interface Settlement {

        /** Whether the index refers to the blob in any way. */
        boolean isKnown(BlobId id);

        /** Reports the deletion of an unknown blob of {@code size} bytes. */
        void removed(long size);
    }
}
