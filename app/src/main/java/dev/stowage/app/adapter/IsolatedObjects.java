package dev.stowage.app.adapter;

import dev.stowage.core.job.Fence;
import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.object.Content;
import dev.stowage.core.object.Etag;
import dev.stowage.core.object.ObjectAttributes;
import dev.stowage.core.object.ObjectInfo;
import dev.stowage.core.object.ObjectReader;
import dev.stowage.core.object.WriteCondition;
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

/** The objects of an {@link IsolatedStorage}. */
final class IsolatedObjects extends ForwardingObjectStore {

    private final ObjectStore objects;
    private final AdapterCode code;

    IsolatedObjects(ObjectStore objects, AdapterCode code) {
        super(objects);
        this.objects = objects;
        this.code = code;
    }

    @Override
    public ObjectStore under(Fence fence) {
        return new IsolatedObjects(code.call(() -> objects.under(fence)), code);
    }

    @Override
    public PutResult put(ObjectKey key, Content content, PutOptions options) {
        return code.call(() -> super.put(key, content, options));
    }

    @Override
    public <T> T read(ObjectKey key, ReadOptions options, ObjectReader<T> reader) throws IOException {
        return code.call(() -> super.read(key, options, reader));
    }

    @Override
    public Optional<ObjectInfo> stat(ObjectKey key) {
        return code.call(() -> super.stat(key));
    }

    @Override
    public List<DeleteResult> delete(List<ObjectKey> keys) {
        return code.call(() -> super.delete(keys));
    }

    @Override
    public List<DeleteResult> remove(List<ObjectKey> keys) {
        return code.call(() -> super.remove(keys));
    }

    @Override
    public List<DeleteResult> deleteMatching(Map<ObjectKey, Etag> tags) {
        return code.call(() -> super.deleteMatching(tags));
    }

    @Override
    public Optional<ObjectRecord> inspect(ObjectKey key) {
        return code.call(() -> super.inspect(key));
    }

    @Override
    public ObjectPage list(ListQuery query) {
        return code.call(() -> super.list(query));
    }

    @Override
    public ObjectInfo copy(ObjectKey source, ObjectKey target, CopyOptions options) {
        return code.call(() -> super.copy(source, target, options));
    }

    @Override
    public List<CopyResult> copyAll(List<Copy> copies) {
        return code.call(() -> super.copyAll(copies));
    }

    @Override
    public Optional<ObjectInfo> concatenate(
            List<ObjectKey> sources, ObjectKey target, ObjectAttributes attributes, WriteCondition condition) {
        return code.call(() -> super.concatenate(sources, target, attributes, condition));
    }
}
