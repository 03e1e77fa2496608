package dev.stowage.local;

import dev.stowage.core.port.Maintenance;
import dev.stowage.local.blob.BlobId;
import dev.stowage.local.blob.BlobStore;
import dev.stowage.local.index.ContentTable;
import dev.stowage.local.index.Index;
import java.util.concurrent.atomic.AtomicInteger;

/** Deletes what crashes left behind. */
final class LocalMaintenance implements Maintenance {

    private final Index index;
    private final BlobStore blobs;
    private final BlobGarbage garbage;
    private final AtomicInteger nextFolder = new AtomicInteger();

    LocalMaintenance(Index index, BlobStore blobs, BlobGarbage garbage) {
        this.index = index;
        this.blobs = blobs;
        this.garbage = garbage;
    }

    /** Deletes known leftovers: uncommitted blobs, and garbage. Takes almost no time after an orderly shutdown. */
    Freed recover() {
        BlobGarbage.Tally tally = new BlobGarbage.Tally();
        blobs.settleIncoming(new ByIndex(tally));
        garbage.deleteAll(tally);
        return new Freed(tally.items(), tally.bytes());
    }

    /**
     * {@inheritDoc}
     *
     * <p>It also searches one of the blob folders for blobs that the index does not know. They exist only when the index was
     * restored from a backup, or the file system lost a deletion. A sweep every five minutes covers all 256 folders in less than a
     * day, at negligible cost.
     */
    @Override
    public Freed sweep() {
        Freed known = recover();
        BlobGarbage.Tally unknown = new BlobGarbage.Tally();
        blobs.settleFolder(nextFolder.getAndIncrement(), new ByIndex(unknown));
        return new Freed(known.items() + unknown.items(), known.bytes() + unknown.bytes());
    }

    private final class ByIndex implements BlobStore.Settlement {

        private final BlobGarbage.Tally tally;

        ByIndex(BlobGarbage.Tally tally) {
            this.tally = tally;
        }

        @Override
        public boolean isKnown(BlobId id) {
            return index.read(handle -> ContentTable.isKnown(handle, id));
        }

        @Override
        public void removed(long size) {
            tally.add(size);
        }
    }
}
