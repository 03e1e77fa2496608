package dev.stowage.worker.job;

import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.object.Content;
import dev.stowage.core.object.Etag;
import dev.stowage.core.object.ObjectInfo;
import dev.stowage.core.object.ObjectReader;
import dev.stowage.core.port.Capability;
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
import java.io.InputStream;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** A store with actions before and after each call. */
final class FailingStore extends ForwardingObjectStore {

    /** Called with the name and the key of a call before it; an exception is thrown by the call. */
    BiConsumer<String, ObjectKey> before = (call, key) -> {};

    /** Called before each call. */
    Runnable always = () -> {};

    /** Called after the call has done its work. */
    BiConsumer<String, ObjectKey> after = (call, key) -> {};

    /** The body that readers get instead of the stored one. */
    UnaryOperator<InputStream> bodies = body -> body;

    /** The sizes of the requested deletions. */
    final List<Integer> removals = new ArrayList<>();

    private final ObjectStore store;

    FailingStore(ObjectStore store) {
        super(store);
        this.store = store;
    }

    /** The capabilities that it does not declare. Most tests are about single copies, as they are made on S3. */
    final Set<Capability> lacking = EnumSet.of(Capability.BULK_COPY);

    /** The sizes of the requested copies of many files. */
    final List<Integer> bulkCopies = new ArrayList<>();

    @Override
    public Set<Capability> capabilities() {
        return store.capabilities().stream()
                .filter(capability -> !lacking.contains(capability))
                .collect(Collectors.toUnmodifiableSet());
    }

    @Override
    public PutResult put(ObjectKey key, Content content, PutOptions options) {
        always.run();
        before.accept("put", key);
        return store.put(key, content, options);
    }

    @Override
    public <T> T read(ObjectKey key, ReadOptions options, ObjectReader<T> reader) throws IOException {
        always.run();
        before.accept("read", key);
        return store.read(key, options, (info, span, body) -> reader.read(info, span, bodies.apply(body)));
    }

    @Override
    public Optional<ObjectInfo> stat(ObjectKey key) {
        always.run();
        before.accept("stat", key);
        return store.stat(key);
    }

    @Override
    public Optional<ObjectRecord> inspect(ObjectKey key) {
        before.accept("inspect", key);
        return store.inspect(key);
    }

    @Override
    public List<DeleteResult> delete(List<ObjectKey> keys) {
        always.run();
        removals.add(keys.size());
        keys.forEach(key -> before.accept("delete", key));
        List<DeleteResult> results = store.delete(keys);
        keys.forEach(key -> after.accept("delete", key));
        return results;
    }

    @Override
    public List<DeleteResult> remove(List<ObjectKey> keys) {
        return delete(keys);
    }

    @Override
    public List<DeleteResult> deleteMatching(Map<ObjectKey, Etag> tags) {
        removals.add(tags.size());
        tags.keySet().forEach(key -> before.accept("delete", key));
        List<DeleteResult> results = store.deleteMatching(tags);
        tags.keySet().forEach(key -> after.accept("delete", key));
        return results;
    }

    @Override
    public ObjectPage list(ListQuery query) {
        always.run();
        before.accept("list", new ObjectKey("list"));
        return store.list(query);
    }

    @Override
    public ObjectInfo copy(ObjectKey source, ObjectKey target, CopyOptions options) {
        always.run();
        before.accept("copy", source);
        ObjectInfo copy = store.copy(source, target, options);
        after.accept("copy", source);
        return copy;
    }

    /** Calls {@link #copy} for each, so that each can fail. */
    @Override
    public List<CopyResult> copyAll(List<Copy> copies) {
        bulkCopies.add(copies.size());
        before.accept("copyAll", copies.get(0).source());
        return copies.stream()
                .map(copy -> CopyResult.of(() -> copy(copy.source(), copy.target(), copy.options())))
                .toList();
    }
}
