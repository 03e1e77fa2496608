package dev.stowage.core.fence;

import dev.stowage.core.job.Fence;
import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.multipart.PartTag;
import dev.stowage.core.multipart.UploadId;
import dev.stowage.core.object.ObjectAttributes;
import dev.stowage.core.object.ObjectInfo;
import dev.stowage.core.object.WriteCondition;
import dev.stowage.core.port.ForwardingMultipartStore;
import dev.stowage.core.port.MultipartStore;
import java.util.List;
import java.util.function.Supplier;

/**
 * Multipart uploads that are created, completed and aborted only while the process holds its lease. One check at the beginning suffices,
 * as stores don't repeat these calls long after they began. Parts need no fence: of concurrent attempts at a part, the newest wins.
 */
final class FencedUploads extends ForwardingMultipartStore {

    private final MultipartStore store;
    private final Supplier<Fence> lease;

    FencedUploads(MultipartStore store, Supplier<Fence> lease) {
        super(store);
        this.store = store;
        this.lease = lease;
    }

    @Override
    public UploadId create(ObjectKey key, ObjectAttributes attributes) {
        lease.get().check();
        return store.create(key, attributes);
    }

    @Override
    public ObjectInfo complete(ObjectKey key, UploadId upload, List<PartTag> parts, WriteCondition condition) {
        lease.get().check();
        return store.complete(key, upload, parts, condition);
    }

    @Override
    public void abort(ObjectKey key, UploadId upload) {
        lease.get().check();
        store.abort(key, upload);
    }
}
