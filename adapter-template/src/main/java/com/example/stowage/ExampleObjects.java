package com.example.stowage;

import dev.stowage.core.error.NotFound;
import dev.stowage.core.error.NotSupported;
import dev.stowage.core.error.PreconditionFailed;
import dev.stowage.core.error.StorageUnavailable;
import dev.stowage.core.job.Fence;
import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.object.ByteSpan;
import dev.stowage.core.object.Checksum;
import dev.stowage.core.object.Content;
import dev.stowage.core.object.ContentStream;
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
import dev.stowage.core.port.TagMeaning;
import java.io.IOException;
import java.io.InputStream;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Objects in a map, in the order of their keys. A write holds the lock, so it and its condition are one step. */
final class ExampleObjects implements ObjectStore {

    private final InstantSource clock;
    private final TreeMap<ObjectKey, ExampleObject> objects = new TreeMap<>();
    private boolean closed;

    ExampleObjects(InstantSource clock) {
        this.clock = clock;
    }

    /** Declare only what your store decides atomically. */
    @Override
    public Set<Capability> capabilities() {
        return Set.of(Capability.CONDITIONAL_PUT, Capability.CONDITIONAL_COPY, Capability.CONDITIONAL_COMPLETE);
    }

    /** Each call changes something in one step, and none is repeated, so there is nothing to check in between. */
    @Override
    public ObjectStore under(Fence fence) {
        return this;
    }

    @Override
    public PutResult put(ObjectKey key, Content content, PutOptions options) {
        checkOpen();
        byte[] bytes = readAll(content, options.expected());
        ExampleObject object = ExampleObject.of(bytes, clock.instant(), options.attributes());
        synchronized (this) {
            boolean created = !objects.containsKey(key);
            return new PutResult(store(key, object, options.condition()), Optional.of(created));
        }
    }

    /**
     * Reads a body to its end, checked for its length and its digests. An adapter must not keep a body in memory: pass the stream on to
     * your store, and let the store commit the object only after the stream has ended without an exception.
     */
    static byte[] readAll(Content content, List<Checksum> expected) {
        try (ContentStream body = ContentStream.open(content, expected)) {
            return body.readAllBytes();
        } catch (IOException e) {
            throw new StorageUnavailable("The body can't be stored", e);
        }
    }

    /** Stores a complete object if {@code condition} holds. */
    synchronized ObjectInfo store(ObjectKey key, ExampleObject object, WriteCondition condition) {
        checkOpen();
        checkCondition(key, condition);
        objects.put(key, object);
        return object.info(key);
    }

    private void checkCondition(ObjectKey key, WriteCondition condition) {
        Optional<ExampleObject> there = find(key);
        boolean holds;
        if (condition instanceof WriteCondition.IfMatch match) {
            holds = there.filter(object -> object.etag().equals(match.etag())).isPresent();
        } else {
            holds = condition instanceof WriteCondition.None || there.isEmpty();
        }
        if (!holds) {
            throw new PreconditionFailed("The file at " + key + " does not meet the condition", key.value());
        }
    }

    /** The object that was found is not changed by later writes, so the reader gets one version without the lock. */
    @Override
    public <T> T read(ObjectKey key, ReadOptions options, ObjectReader<T> reader) throws IOException {
        ExampleObject object = find(key).orElseThrow(() -> NotFound.file(key.value()));
        checkMatch(key, object, options.ifMatch());
        long size = object.bytes().length;
        ByteSpan span = options.range().map(range -> range.resolve(size)).orElseGet(() -> ByteSpan.whole(size));
        try (InputStream body = object.stream(span)) {
            return reader.read(object.info(key), span, body);
        }
    }

    @Override
    public Optional<ObjectInfo> stat(ObjectKey key) {
        return find(key).map(object -> object.info(key));
    }

    /** The ETag says nothing about the bytes, and the store has no checksums. */
    @Override
    public Optional<ObjectRecord> inspect(ObjectKey key) {
        return stat(key).map(info -> new ObjectRecord(info, List.of(), List.of(), TagMeaning.VERSION));
    }

    @Override
    public synchronized List<DeleteResult> delete(List<ObjectKey> keys) {
        checkOpen();
        List<DeleteResult> results = new ArrayList<>();
        for (ObjectKey key : keys) {
            boolean existed = objects.remove(key) != null;
            results.add(existed ? new DeleteResult.Deleted(key) : new DeleteResult.Missing(key));
        }
        return results;
    }

    @Override
    public List<DeleteResult> remove(List<ObjectKey> keys) {
        return delete(keys);
    }

    @Override
    public List<DeleteResult> deleteMatching(Map<ObjectKey, Etag> tags) {
        throw new NotSupported("This store can't delete under a condition");
    }

    @Override
    public synchronized ObjectPage list(ListQuery query) {
        checkOpen();
        return ExampleListing.page(objects, query);
    }

    @Override
    public synchronized ObjectInfo copy(ObjectKey source, ObjectKey target, CopyOptions options) {
        options.check(source, target);
        ExampleObject object = find(source).orElseThrow(() -> NotFound.file(source.value()));
        checkMatch(source, object, options.ifSourceMatch());
        ObjectAttributes attributes =
                options.changesTo(object.info(source), target).applyTo(object.attributes());
        return store(target, ExampleObject.of(object.bytes(), clock.instant(), attributes), options.condition());
    }

    @Override
    public List<CopyResult> copyAll(List<Copy> copies) {
        throw new NotSupported("This store can't copy many objects at once");
    }

    /** The service then sends the bytes of the sources again. */
    @Override
    public Optional<ObjectInfo> concatenate(
            List<ObjectKey> sources, ObjectKey target, ObjectAttributes attributes, WriteCondition condition) {
        return Optional.empty();
    }

    synchronized void checkOpen() {
        if (closed) {
            throw new StorageUnavailable("The store is closed", null);
        }
    }

    synchronized void close() {
        closed = true;
    }

    private synchronized Optional<ExampleObject> find(ObjectKey key) {
        checkOpen();
        return Optional.ofNullable(objects.get(key));
    }

    private static void checkMatch(ObjectKey key, ExampleObject object, Optional<Etag> expected) {
        if (expected.isPresent() && !expected.get().equals(object.etag())) {
            throw new PreconditionFailed("The file at " + key + " has another ETag", key.value());
        }
    }
}
