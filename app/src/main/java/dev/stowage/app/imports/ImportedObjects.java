package dev.stowage.app.imports;

import dev.stowage.core.error.NotSupported;
import dev.stowage.core.job.Fence;
import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.object.Content;
import dev.stowage.core.object.Etag;
import dev.stowage.core.object.ObjectAttributes;
import dev.stowage.core.object.ObjectInfo;
import dev.stowage.core.object.ObjectReader;
import dev.stowage.core.object.WriteCondition;
import dev.stowage.core.port.Capability;
import dev.stowage.core.port.Copy;
import dev.stowage.core.port.CopyOptions;
import dev.stowage.core.port.CopyResult;
import dev.stowage.core.port.DeleteResult;
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
import java.util.Set;

/** The objects of an {@link ImportStore}, which can only be read. */
final class ImportedObjects implements ObjectStore {

    private final ImportStore store;

    ImportedObjects(ImportStore store) {
        this.store = store;
    }

    @Override
    public Set<Capability> capabilities() {
        return Set.of();
    }

    @Override
    public ObjectStore under(Fence fence) {
        return this;
    }

    @Override
    public <T> T read(ObjectKey key, ReadOptions options, ObjectReader<T> reader) throws IOException {
        return store.objects().read(key, options, reader);
    }

    @Override
    public Optional<ObjectInfo> stat(ObjectKey key) {
        return store.objects().stat(key);
    }

    @Override
    public Optional<ObjectRecord> inspect(ObjectKey key) {
        return store.objects().inspect(key);
    }

    @Override
    public ObjectPage list(ListQuery query) {
        return store.objects().list(query);
    }

    @Override
    public PutResult put(ObjectKey key, Content content, PutOptions options) {
        throw readOnly();
    }

    @Override
    public List<DeleteResult> delete(List<ObjectKey> keys) {
        throw readOnly();
    }

    @Override
    public List<DeleteResult> remove(List<ObjectKey> keys) {
        throw readOnly();
    }

    @Override
    public List<DeleteResult> deleteMatching(Map<ObjectKey, Etag> tags) {
        throw readOnly();
    }

    @Override
    public ObjectInfo copy(ObjectKey source, ObjectKey target, CopyOptions options) {
        throw readOnly();
    }

    @Override
    public List<CopyResult> copyAll(List<Copy> copies) {
        throw readOnly();
    }

    @Override
    public Optional<ObjectInfo> concatenate(
            List<ObjectKey> sources, ObjectKey target, ObjectAttributes attributes, WriteCondition condition) {
        throw readOnly();
    }

    private static NotSupported readOnly() {
        return new NotSupported("Import sources are only read");
    }
}
