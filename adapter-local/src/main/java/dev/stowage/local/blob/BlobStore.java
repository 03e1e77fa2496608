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
 * The blobs of a data folder. Safe for concurrent use, and beside other processes with the same folder; within a process, a
 * folder is opened once at a time.
 */
public final class BlobStore implements AutoCloseable {

    /** A block of most file systems. */
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
     * Opens the blobs in {@code dataFolder}, and makes the folders for them when there are none.
     *
     * @throws IOException when the folder can't be written
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

    /** Begins a blob; to be closed. */
    public PendingBlob begin() {
        BlobId id = BlobId.create(claim.number(), begun.getAndIncrement(), random);
        pending.add(id);
        return new PendingBlob(folder, pending, id, helpers);
    }

    /** Begins blobs that are to have the same bytes as others; to be closed. */
    public LinkedBlobs link() {
        return new LinkedBlobs(this::begin);
    }

    /**
     * Opens a stretch of some segments; to be closed.
     *
     * @param segments at least one, together at least as long as {@code span} asks
     * @throws NoSuchFileException when the first blob needed is not there
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

    /** Which contents are being read. */
    public ReadLocks readLocks() {
        return readLocks;
    }

    /**
     * Removes a blob that no row names any more.
     *
     * @return whether it was there
     */
    public boolean delete(BlobId id) {
        try {
            return folder.delete(id);
        } catch (IOException e) {
            throw Faults.io(e, folder.root());
        }
    }

    /** Makes all blobs that were written so far outlast a power failure; one call serves all who wait to commit theirs. */
    public void sync() {
        try {
            folder.syncIncoming();
        } catch (IOException e) {
            throw Faults.io(e, folder.root());
        }
    }

    /** Writes and removes an empty blob, to see that it can be done. */
    public void check() {
        try (PendingBlob probe = begin()) {
            probe.write(ContentStream.open(Content.of(new byte[PROBE]), List.of()), OptionalLong.of(PROBE), PROBE);
        }
    }

    /** Goes through the blobs that were never put in their place and that nobody is writing, and settles each. */
    public void settleIncoming(Settlement settlement) {
        try {
            folder.visitIncoming((id, file) -> {
                // Only when nobody is writing it can the answer of the index not change any more: so in this order.
                if (!pending.contains(id) && !claim.isElsewhere(id.writer())) {
                    settle(id, file, settlement);
                }
            });
        } catch (IOException e) {
            throw Faults.io(e, folder.root());
        }
    }

    /** Goes through one of {@value BlobFolder#FOLDERS} folders and settles every blob in it: each was in the index once. */
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
            LOG.info("Removed blob {} of {} bytes, which a crash left behind", id, size);
            settlement.removed(size);
        }
    }

    /** Ends this process's claims and the helping threads; blobs that are still being written count as left behind from now on. */
    @Override
    public void close() {
        helpers.close();
        try {
            locks.close();
        } catch (IOException e) {
            LOG.warn("The lock file could not be closed", e);
        }
    }

    /** What becomes of a blob. */
    public interface Settlement {

        /** Whether the index has it, in whatever role. */
        boolean isKnown(BlobId id);

        /** It was not, and is gone; {@code size} in bytes. */
        void removed(long size);
    }
}
