package dev.stowage.testkit;

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

/** Objects in a sorted map. Bodies are read without the lock, changes are made with it. */
final class MemoryObjects implements ObjectStore {

    private final Set<Capability> capabilities;
    private final InstantSource clock;
    private final Tagging tagging;
    private final TreeMap<ObjectKey, StoredObject> objects = new TreeMap<>();
    private volatile boolean closed;

    MemoryObjects(Set<Capability> capabilities, InstantSource clock, Tagging tagging) {
        this.capabilities = capabilities;
        this.clock = clock;
        this.tagging = tagging;
    }

    @Override
    public ObjectStore under(Fence fence) {
        return this;
    }

    @Override
    public Set<Capability> capabilities() {
        return capabilities;
    }

    @Override
    public PutResult put(ObjectKey key, Content content, PutOptions options) {
        require(Capability.CONDITIONAL_PUT, options.condition());
        byte[] bytes = readAll(content, options.expected());
        Etag etag = tagging.of(bytes);
        StoredObject object =
                new StoredObject(bytes, etag, clock.instant(), options.attributes()).with(options.expected());
        synchronized (this) {
            boolean created = find(key).isEmpty();
            return new PutResult(store(key, object, options.condition()), Optional.of(created));
        }
    }

    @Override
    public <T> T read(ObjectKey key, ReadOptions options, ObjectReader<T> reader) throws IOException {
        StoredObject object = find(key).orElseThrow(() -> NotFound.file(key.value()));
        checkMatch(key, object, options.ifMatch());
        long size = object.size();
        ByteSpan span = options.range().isPresent() ? options.range().get().resolve(size) : ByteSpan.whole(size);
        try (InputStream body = object.stream(span)) {
            return reader.read(object.info(key), span, body);
        }
    }

    @Override
    public Optional<ObjectInfo> stat(ObjectKey key) {
        return find(key).map(object -> object.info(key));
    }

    @Override
    public Optional<ObjectRecord> inspect(ObjectKey key) {
        return find(key)
                .map(object -> new ObjectRecord(
                        object.info(key),
                        List.of(),
                        object.checksums(),
                        tagging == Tagging.MD5 ? TagMeaning.DIGEST : TagMeaning.MAYBE_DIGEST));
    }

    @Override
    public synchronized List<DeleteResult> delete(List<ObjectKey> keys) {
        requireOpen();
        List<DeleteResult> results = new ArrayList<>();
        for (ObjectKey key : keys) {
            boolean there = objects.remove(key) != null;
            results.add(there ? new DeleteResult.Deleted(key) : new DeleteResult.Missing(key));
        }
        return results;
    }

    @Override
    public List<DeleteResult> remove(List<ObjectKey> keys) {
        return delete(keys);
    }

    @Override
    public Optional<ObjectInfo> concatenate(
            List<ObjectKey> sources, ObjectKey target, ObjectAttributes attributes, WriteCondition condition) {
        return Optional.empty();
    }

    @Override
    public synchronized List<DeleteResult> deleteMatching(Map<ObjectKey, Etag> tags) {
        require(Capability.CONDITIONAL_DELETE);
        List<DeleteResult> results = new ArrayList<>();
        tags.forEach((key, tag) -> results.add(deleteMatching(key, tag)));
        return results;
    }

    private DeleteResult deleteMatching(ObjectKey key, Etag tag) {
        Optional<StoredObject> there = find(key);
        if (there.isPresent() && !there.get().etag().equals(tag)) {
            return new DeleteResult.Failed(key, otherVersion(key));
        }
        return delete(List.of(key)).get(0);
    }

    @Override
    public synchronized ObjectPage list(ListQuery query) {
        requireOpen();
        return MemoryListing.page(objects, query);
    }

    @Override
    public synchronized ObjectInfo copy(ObjectKey source, ObjectKey target, CopyOptions options) {
        require(Capability.CONDITIONAL_COPY, options.condition());
        options.check(source, target);
        StoredObject object = find(source).orElseThrow(() -> NotFound.file(source.value()));
        checkMatch(source, object, options.ifSourceMatch());
        ObjectAttributes attributes =
                options.changesTo(object.info(source), target).applyTo(object.attributes());
        return store(
                target, object.copy(tagging.ofCopy(object.etag()), clock.instant(), attributes), options.condition());
    }

    @Override
    public synchronized List<CopyResult> copyAll(List<Copy> copies) {
        require(Capability.BULK_COPY);
        return copies.stream()
                .map(copy -> CopyResult.of(() -> copy(copy.source(), copy.target(), copy.options())))
                .toList();
    }

    /** Stores an object if {@code condition} holds. */
    synchronized ObjectInfo store(ObjectKey key, StoredObject object, WriteCondition condition) {
        checkCondition(key, condition);
        objects.put(key, object);
        return object.info(key);
    }

    /** Lets all further calls fail. */
    void close() {
        closed = true;
    }

    /** @throws StorageUnavailable when the store is closed */
    void requireOpen() {
        if (closed) {
            throw new StorageUnavailable("The store is closed", null);
        }
    }

    void require(Capability capability, WriteCondition condition) {
        if (!capability.decides(condition, capabilities)) {
            require(capability);
        }
    }

    private void require(Capability capability) {
        if (!capabilities.contains(capability)) {
            throw new NotSupported("This store has no " + capability);
        }
    }

    /** Reads a body to its verified end. */
    static byte[] readAll(Content content, List<Checksum> expected) {
        try (ContentStream body = ContentStream.open(content, expected)) {
            return body.readAllBytes();
        } catch (IOException e) {
            throw new StorageUnavailable("The body could not be taken in", e);
        }
    }

    private synchronized Optional<StoredObject> find(ObjectKey key) {
        requireOpen();
        return Optional.ofNullable(objects.get(key));
    }

    private void checkCondition(ObjectKey key, WriteCondition condition) {
        Optional<StoredObject> there = find(key);
        boolean holds;
        if (condition instanceof WriteCondition.IfMatch match) {
            holds = there.filter(object -> object.etag().equals(match.etag())).isPresent();
        } else {
            holds = condition instanceof WriteCondition.None || there.isEmpty();
        }
        if (!holds) {
            throw new PreconditionFailed("The file at " + key + " is not as the condition asks", key.value());
        }
    }

    private static void checkMatch(ObjectKey key, StoredObject object, Optional<Etag> expected) {
        if (expected.isPresent() && !expected.get().equals(object.etag())) {
            throw otherVersion(key);
        }
    }

    private static PreconditionFailed otherVersion(ObjectKey key) {
        return new PreconditionFailed("The file at " + key + " has another ETag", key.value());
    }
}
