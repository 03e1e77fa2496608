package dev.stowage.http.form;

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

/** A store whose behaviour tests change in places. */
class ForwardingStore implements ObjectStore {

    private final ObjectStore target;

    ForwardingStore(ObjectStore target) {
        this.target = target;
    }

    @Override
    public Set<Capability> capabilities() {
        return target.capabilities();
    }

    @Override
    public ObjectInfo put(ObjectKey key, Content content, PutOptions options) {
        return target.put(key, content, options);
    }

    @Override
    public <T> T read(ObjectKey key, ReadOptions options, ObjectReader<T> reader) throws IOException {
        return target.read(key, options, reader);
    }

    @Override
    public Optional<ObjectInfo> stat(ObjectKey key) {
        return target.stat(key);
    }

    @Override
    public List<DeleteResult> delete(List<ObjectKey> keys) {
        return target.delete(keys);
    }

    @Override
    public List<DeleteResult> remove(List<ObjectKey> keys) {
        return target.remove(keys);
    }

    @Override
    public Optional<ObjectRecord> inspect(ObjectKey key) {
        return target.inspect(key);
    }

    @Override
    public List<DeleteResult> deleteMatching(Map<ObjectKey, Etag> tags) {
        return target.deleteMatching(tags);
    }

    @Override
    public ObjectPage list(ListQuery query) {
        return target.list(query);
    }

    @Override
    public ObjectInfo copy(ObjectKey source, ObjectKey target0, CopyOptions options) {
        return target.copy(source, target0, options);
    }
}
