package dev.stowage.local;

import dev.stowage.core.port.Maintenance;
import dev.stowage.local.blob.BlobId;
import dev.stowage.local.blob.BlobStore;
import dev.stowage.local.index.ContentTable;
import dev.stowage.local.index.Index;
import java.util.concurrent.atomic.AtomicInteger;

/** Removes what crashes left behind. */
final class LocalMaintenance implements Maintenance {

    private final Index index;
    private final BlobStore blobs;
    private final Trash trash;
    private final AtomicInteger nextFolder = new AtomicInteger();

    LocalMaintenance(Index index, BlobStore blobs, Trash trash) {
        this.index = index;
        this.blobs = blobs;
        this.trash = trash;
    }

    /** Does at once what is known to be left: blobs not committed, and garbage. Costs nothing after an orderly end. */
    Freed recover() {
        Trash.Tally tally = new Trash.Tally();
        blobs.settleIncoming(new ByIndex(tally));
        trash.empty(tally);
        return new Freed(tally.items(), tally.bytes());
    }

    /**
     * {@inheritDoc}
     *
     * <p>Besides, it looks through one of the folders for blobs that the index does not know: there are none, unless the index was
     * restored from a backup, or the file system lost a removal. So a sweep every five minutes comes round all 256 in less than a
     * day, at no cost worth mentioning.
     */
    @Override
    public Freed sweep() {
        Freed known = recover();
        Trash.Tally unknown = new Trash.Tally();
        blobs.settleFolder(nextFolder.getAndIncrement(), new ByIndex(unknown));
        return new Freed(known.items() + unknown.items(), known.bytes() + unknown.bytes());
    }

    private final class ByIndex implements BlobStore.Settlement {

        private final Trash.Tally tally;

        ByIndex(Trash.Tally tally) {
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
