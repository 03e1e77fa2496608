package dev.stowage.core.port;

import dev.stowage.core.job.Fence;
import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.object.Content;
import dev.stowage.core.object.Etag;
import dev.stowage.core.object.ObjectAttributes;
import dev.stowage.core.object.ObjectInfo;
import dev.stowage.core.object.ObjectReader;
import dev.stowage.core.object.WriteCondition;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** A store that forwards each call to another store. Decorators extend it and override what they change. */
public abstract class ForwardingObjectStore implements ObjectStore {

    private final ObjectStore delegate;

    /** @param delegate the store that receives the calls */
    protected ForwardingObjectStore(ObjectStore delegate) {
        this.delegate = delegate;
    }

    /**
     * Returns this store, as the caller checks the fence before each call. A decorator that is used for jobs must pass the fence on as
     * well.
     */
    @Override
    public ObjectStore under(Fence fence) {
        return this;
    }

    @Override
    public Set<Capability> capabilities() {
        return delegate.capabilities();
    }

    /** Returns the capabilities of the other store without one that a decorator does not have. */
    protected final Set<Capability> capabilitiesWithout(Capability one) {
        return delegate.capabilities().stream()
                .filter(capability -> capability != one)
                .collect(Collectors.toUnmodifiableSet());
    }

    @Override
    public PutResult put(ObjectKey key, Content content, PutOptions options) {
        return delegate.put(key, content, options);
    }

    @Override
    public <T> T read(ObjectKey key, ReadOptions options, ObjectReader<T> reader) throws IOException {
        return delegate.read(key, options, reader);
    }

    @Override
    public Optional<ObjectInfo> stat(ObjectKey key) {
        return delegate.stat(key);
    }

    @Override
    public List<DeleteResult> delete(List<ObjectKey> keys) {
        return delegate.delete(keys);
    }

    @Override
    public List<DeleteResult> remove(List<ObjectKey> keys) {
        return delegate.remove(keys);
    }

    @Override
    public List<DeleteResult> deleteMatching(Map<ObjectKey, Etag> tags) {
        return delegate.deleteMatching(tags);
    }

    @Override
    public Optional<ObjectRecord> inspect(ObjectKey key) {
        return delegate.inspect(key);
    }

    @Override
    public ObjectPage list(ListQuery query) {
        return delegate.list(query);
    }

    @Override
    public ObjectInfo copy(ObjectKey source, ObjectKey target, CopyOptions options) {
        return delegate.copy(source, target, options);
    }

    @Override
    public List<CopyResult> copyAll(List<Copy> copies) {
        return delegate.copyAll(copies);
    }

    @Override
    public Optional<ObjectInfo> concatenate(
            List<ObjectKey> sources, ObjectKey target, ObjectAttributes attributes, WriteCondition condition) {
        return delegate.concatenate(sources, target, attributes, condition);
    }
}
