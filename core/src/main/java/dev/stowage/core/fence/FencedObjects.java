package dev.stowage.core.fence;

import dev.stowage.core.job.ClaimLost;
import dev.stowage.core.job.Fence;
import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.object.CheckedContent;
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

/**
 * Objects that can be changed only while a fence is open. Each method that changes something checks the fence right before, and throws
 * {@link ClaimLost} when it is closed. A put also checks it with every read of its body, as that may take hours. Methods that only read are
 * always permitted.
 */
public final class FencedObjects extends ForwardingObjectStore {

    private final ObjectStore store;
    private final Fence fence;

    public FencedObjects(ObjectStore store, Fence fence) {
        this(fence, store.under(fence));
    }

    private FencedObjects(Fence fence, ObjectStore store) {
        super(store);
        this.store = store;
        this.fence = fence;
    }

    /** Requires both fences to be open. */
    @Override
    public ObjectStore under(Fence another) {
        return new FencedObjects(store, () -> fence.isOpen() && another.isOpen());
    }

    @Override
    public PutResult put(ObjectKey key, Content content, PutOptions options) {
        fence.check();
        return store.put(key, fenced(content, fence), options);
    }

    @Override
    public List<DeleteResult> delete(List<ObjectKey> keys) {
        fence.check();
        return store.delete(keys);
    }

    @Override
    public List<DeleteResult> remove(List<ObjectKey> keys) {
        fence.check();
        return store.remove(keys);
    }

    @Override
    public List<DeleteResult> deleteMatching(Map<ObjectKey, Etag> tags) {
        fence.check();
        return store.deleteMatching(tags);
    }

    @Override
    public ObjectInfo copy(ObjectKey source, ObjectKey target, CopyOptions options) {
        fence.check();
        return store.copy(source, target, options);
    }

    @Override
    public Optional<ObjectInfo> concatenate(
            List<ObjectKey> sources, ObjectKey target, ObjectAttributes attributes, WriteCondition condition) {
        fence.check();
        return store.concatenate(sources, target, attributes, condition);
    }

    /** A body that ends with {@link ClaimLost} once the fence is closed, at its end as well, so that it does not become an object. */
    static Content fenced(Content content, Fence fence) {
        return CheckedContent.of(content, (size, complete) -> fence.check());
    }
}
