package dev.stowage.http;

import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.object.Content;
import dev.stowage.core.object.Etag;
import dev.stowage.core.object.ObjectInfo;
import dev.stowage.core.object.ObjectReader;
import dev.stowage.core.port.Capability;
import dev.stowage.core.port.CopyOptions;
import dev.stowage.core.port.DeleteResult;
import dev.stowage.core.port.ListQuery;
import dev.stowage.core.port.ObjectPage;
import dev.stowage.core.port.ObjectRecord;
import dev.stowage.core.port.ObjectStore;
import dev.stowage.core.port.PutOptions;
import dev.stowage.core.port.ReadOptions;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A store that does what another does, but for what a test overrides. */
class DelegatingStore implements ObjectStore {

    private final ObjectStore store;

    DelegatingStore(ObjectStore store) {
        this.store = store;
    }

    @Override
    public Set<Capability> capabilities() {
        return store.capabilities();
    }

    @Override
    public ObjectInfo put(ObjectKey key, Content content, PutOptions options) {
        return store.put(key, content, options);
    }

    @Override
    public <T> T read(ObjectKey key, ReadOptions options, ObjectReader<T> reader) throws IOException {
        return store.read(key, options, reader);
    }

    @Override
    public Optional<ObjectInfo> stat(ObjectKey key) {
        return store.stat(key);
    }

    @Override
    public List<DeleteResult> delete(List<ObjectKey> keys) {
        return store.delete(keys);
    }

    @Override
    public List<DeleteResult> remove(List<ObjectKey> keys) {
        return store.remove(keys);
    }

    @Override
    public Optional<ObjectRecord> inspect(ObjectKey key) {
        return store.inspect(key);
    }

    @Override
    public List<DeleteResult> deleteMatching(Map<ObjectKey, Etag> tags) {
        return store.deleteMatching(tags);
    }

    @Override
    public ObjectPage list(ListQuery query) {
        return store.list(query);
    }

    @Override
    public ObjectInfo copy(ObjectKey source, ObjectKey target, CopyOptions options) {
        return store.copy(source, target, options);
    }
}
