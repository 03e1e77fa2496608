package dev.stowage.core.fence;

import dev.stowage.core.error.StorageUnavailable;
import dev.stowage.core.job.Fence;
import dev.stowage.core.port.ForwardingStorage;
import dev.stowage.core.port.MultipartStore;
import dev.stowage.core.port.ObjectStore;
import dev.stowage.core.port.Storage;
import java.util.function.Supplier;

/**
 * A store that a process changes only while it holds its lease. Each call that changes something gets a fence when it begins, and fails
 * with {@link StorageUnavailable} once that fence is closed: a process that was suspended, or cut off from the database, for longer than
 * its lease does not finish what others may have taken over. Work on jobs has a fence of its own in addition ({@link ObjectStore#under}).
 */
public final class FencedStorage extends ForwardingStorage {

    private final ObjectStore objects;
    private final MultipartStore uploads;

    /** @param lease supplies a fence that is open until the lease may have been interrupted */
    public FencedStorage(Storage storage, Supplier<Fence> lease) {
        super(storage);
        objects = new FencedObjects(storage.objects(), () -> new RequestFence(lease.get()));
        uploads = new FencedUploads(storage.uploads(), () -> new RequestFence(lease.get()));
    }

    @Override
    public ObjectStore objects() {
        return objects;
    }

    @Override
    public MultipartStore uploads() {
        return uploads;
    }

    private record RequestFence(Fence lease) implements Fence {

        @Override
        public boolean isOpen() {
            return lease.isOpen();
        }

        @Override
        public void check() {
            if (!isOpen()) {
                throw new StorageUnavailable("This node could not renew its lease; try again", null);
            }
        }
    }
}
