package dev.stowage.testkit.quota;

import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.object.Content;
import dev.stowage.core.object.Etag;
import dev.stowage.core.object.ObjectInfo;
import dev.stowage.core.port.Copy;
import dev.stowage.core.port.CopyOptions;
import dev.stowage.core.port.CopyResult;
import dev.stowage.core.port.DeleteResult;
import dev.stowage.core.port.ForwardingObjectStore;
import dev.stowage.core.port.ListQuery;
import dev.stowage.core.port.ObjectPage;
import dev.stowage.core.port.ObjectStore;
import dev.stowage.core.port.PutOptions;
import dev.stowage.core.port.PutResult;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Objects that run an action before and after each call. */
final class InterceptedObjects extends ForwardingObjectStore {

    private final Runnable action;

    InterceptedObjects(ObjectStore store, Runnable action) {
        super(store);
        this.action = action;
    }

    @Override
    public PutResult put(ObjectKey key, Content content, PutOptions options) {
        return intercepted(() -> super.put(key, content, options));
    }

    @Override
    public Optional<ObjectInfo> stat(ObjectKey key) {
        return intercepted(() -> super.stat(key));
    }

    @Override
    public List<DeleteResult> delete(List<ObjectKey> keys) {
        return intercepted(() -> super.delete(keys));
    }

    @Override
    public List<DeleteResult> remove(List<ObjectKey> keys) {
        return intercepted(() -> super.remove(keys));
    }

    @Override
    public List<DeleteResult> deleteMatching(Map<ObjectKey, Etag> tags) {
        return intercepted(() -> super.deleteMatching(tags));
    }

    @Override
    public ObjectPage list(ListQuery query) {
        return intercepted(() -> super.list(query));
    }

    @Override
    public ObjectInfo copy(ObjectKey source, ObjectKey target, CopyOptions options) {
        return intercepted(() -> super.copy(source, target, options));
    }

    @Override
    public List<CopyResult> copyAll(List<Copy> copies) {
        return intercepted(() -> super.copyAll(copies));
    }

    private <T> T intercepted(Supplier<T> call) {
        action.run();
        T result = call.get();
        action.run();
        return result;
    }
}
