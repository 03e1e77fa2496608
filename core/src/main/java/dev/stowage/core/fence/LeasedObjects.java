package dev.stowage.core.fence;

import dev.stowage.core.job.Fence;
import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.object.Content;
import dev.stowage.core.object.Etag;
import dev.stowage.core.object.ObjectAttributes;
import dev.stowage.core.object.ObjectInfo;
import dev.stowage.core.object.WriteCondition;
import dev.stowage.core.port.CopyOptions;
import dev.stowage.core.port.DeleteResult;
import dev.stowage.core.port.ForwardingObjectStore;
import dev.stowage.core.port.ObjectStore;
import dev.stowage.core.port.PutOptions;
import dev.stowage.core.port.PutResult;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Objects, each change of which takes a fence when it begins. */
final class LeasedObjects extends ForwardingObjectStore {

    private final ObjectStore store;
    private final Supplier<Fence> lease;

    LeasedObjects(ObjectStore store, Supplier<Fence> lease) {
        super(store);
        this.store = store;
        this.lease = lease;
    }

    @Override
    public ObjectStore under(Fence fence) {
        return store.under(fence);
    }

    @Override
    public PutResult put(ObjectKey key, Content content, PutOptions options) {
        return fenced().put(key, content, options);
    }

    @Override
    public List<DeleteResult> delete(List<ObjectKey> keys) {
        return fenced().delete(keys);
    }

    @Override
    public List<DeleteResult> remove(List<ObjectKey> keys) {
        return fenced().remove(keys);
    }

    @Override
    public List<DeleteResult> deleteMatching(Map<ObjectKey, Etag> tags) {
        return fenced().deleteMatching(tags);
    }

    @Override
    public ObjectInfo copy(ObjectKey source, ObjectKey target, CopyOptions options) {
        return fenced().copy(source, target, options);
    }

    @Override
    public Optional<ObjectInfo> concatenate(
            List<ObjectKey> sources, ObjectKey target, ObjectAttributes attributes, WriteCondition condition) {
        return fenced().concatenate(sources, target, attributes, condition);
    }

    private ObjectStore fenced() {
        return new FencedObjects(store, lease.get());
    }
}
