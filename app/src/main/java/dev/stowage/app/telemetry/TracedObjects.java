package dev.stowage.app.telemetry;

import dev.stowage.core.job.Fence;
import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.object.Content;
import dev.stowage.core.object.Etag;
import dev.stowage.core.object.ObjectAttributes;
import dev.stowage.core.object.ObjectInfo;
import dev.stowage.core.object.ObjectReader;
import dev.stowage.core.object.WriteCondition;
import dev.stowage.core.observe.Observer;
import dev.stowage.core.port.Copy;
import dev.stowage.core.port.CopyOptions;
import dev.stowage.core.port.CopyResult;
import dev.stowage.core.port.DeleteResult;
import dev.stowage.core.port.ForwardingObjectStore;
import dev.stowage.core.port.ListQuery;
import dev.stowage.core.port.ObjectPage;
import dev.stowage.core.port.ObjectRecord;
import dev.stowage.core.port.ObjectStore;
import dev.stowage.core.port.PutOptions;
import dev.stowage.core.port.PutResult;
import dev.stowage.core.port.ReadOptions;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Objects of a store whose calls are observed. A read ends when its reader has ended. */
final class TracedObjects extends ForwardingObjectStore {

    private final ObjectStore store;
    private final Observer observer;

    TracedObjects(ObjectStore store, Observer observer) {
        super(store);
        this.store = store;
        this.observer = observer;
    }

    @Override
    public ObjectStore under(Fence fence) {
        return new TracedObjects(store.under(fence), observer);
    }

    @Override
    public PutResult put(ObjectKey key, Content content, PutOptions options) {
        return observer.step("store.put", () -> store.put(key, content, options));
    }

    @Override
    public <T> T read(ObjectKey key, ReadOptions options, ObjectReader<T> reader) throws IOException {
        return observer.step("store.read", () -> store.read(key, options, reader));
    }

    @Override
    public Optional<ObjectInfo> stat(ObjectKey key) {
        return observer.step("store.stat", () -> store.stat(key));
    }

    @Override
    public List<DeleteResult> delete(List<ObjectKey> keys) {
        return observer.step("store.delete", () -> store.delete(keys));
    }

    @Override
    public List<DeleteResult> remove(List<ObjectKey> keys) {
        return observer.step("store.delete", () -> store.remove(keys));
    }

    @Override
    public List<DeleteResult> deleteMatching(Map<ObjectKey, Etag> tags) {
        return observer.step("store.delete", () -> store.deleteMatching(tags));
    }

    @Override
    public Optional<ObjectRecord> inspect(ObjectKey key) {
        return observer.step("store.inspect", () -> store.inspect(key));
    }

    @Override
    public ObjectPage list(ListQuery query) {
        return observer.step("store.list", () -> store.list(query));
    }

    @Override
    public ObjectInfo copy(ObjectKey source, ObjectKey target, CopyOptions options) {
        return observer.step("store.copy", () -> store.copy(source, target, options));
    }

    @Override
    public List<CopyResult> copyAll(List<Copy> copies) {
        return observer.step("store.copy", () -> store.copyAll(copies));
    }

    @Override
    public Optional<ObjectInfo> concatenate(
            List<ObjectKey> sources, ObjectKey target, ObjectAttributes attributes, WriteCondition condition) {
        return observer.step("store.concatenate", () -> store.concatenate(sources, target, attributes, condition));
    }
}
