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
import dev.stowage.core.port.Copy;
import dev.stowage.core.port.CopyOptions;
import dev.stowage.core.port.CopyResult;
import dev.stowage.core.port.DeleteResult;
import dev.stowage.core.port.ForwardingObjectStore;
import dev.stowage.core.port.ObjectStore;
import dev.stowage.core.port.PutOptions;
import dev.stowage.core.port.PutResult;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Objects that can be changed only while a fence is open. Each method that changes something checks the fence first, and fails when it is
 * closed, with {@link ClaimLost} unless the fence has another exception. A put also checks it with every read of its body, as that may take
 * hours. Methods that only read are always permitted.
 */
public final class FencedObjects extends ForwardingObjectStore {

    private final ObjectStore store;
    private final Supplier<Fence> fences;

    public FencedObjects(ObjectStore store, Fence fence) {
        this(store, () -> fence);
    }

    /** @param fences supplies the fence of a change, when the change begins */
    FencedObjects(ObjectStore store, Supplier<Fence> fences) {
        super(store);
        this.store = store;
        this.fences = fences;
    }

    /** Requires both fences to be open. */
    @Override
    public ObjectStore under(Fence another) {
        return new FencedObjects(store, () -> {
            Fence fence = fences.get();
            return () -> fence.isOpen() && another.isOpen();
        });
    }

    @Override
    public PutResult put(ObjectKey key, Content content, PutOptions options) {
        Fence fence = fences.get();
        fence.check();
        return store.under(fence).put(key, fenced(content, fence), options);
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
    public List<CopyResult> copyAll(List<Copy> copies) {
        return fenced().copyAll(copies);
    }

    @Override
    public Optional<ObjectInfo> concatenate(
            List<ObjectKey> sources, ObjectKey target, ObjectAttributes attributes, WriteCondition condition) {
        return fenced().concatenate(sources, target, attributes, condition);
    }

    private ObjectStore fenced() {
        Fence fence = fences.get();
        fence.check();
        return store.under(fence);
    }

    /** A body that fails once the fence is closed, at its end as well, so that it does not become an object. */
    static Content fenced(Content content, Fence fence) {
        return CheckedContent.of(content, (size, complete) -> fence.check());
    }
}
