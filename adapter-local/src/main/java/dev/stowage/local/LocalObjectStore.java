package dev.stowage.local;

import dev.stowage.core.access.Origin;
import dev.stowage.core.error.StorageException;
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
import dev.stowage.local.index.Conditions;
import dev.stowage.local.index.Index;
import dev.stowage.local.index.ObjectIndex;
import dev.stowage.local.index.ObjectListing;
import dev.stowage.local.index.ObjectRow;
import dev.stowage.local.index.Stored;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;

/** Objects: rows of the index that refer to blobs. */
final class LocalObjectStore implements ObjectStore {

    /** The most keys deleted in one transaction, so that a large batch does not delay other writes. */
    private static final int DELETED_AT_ONCE = 500;

    /** The most copies made in one transaction, for the same reason. A copy writes more than a deletion. */
    private static final int COPIED_AT_ONCE = 100;

    private final Index index;
    private final ObjectIndex objects;
    private final ObjectWriter writer;
    private final ObjectOpener opener;
    private final BlobGarbage garbage;
    private final ObjectConcatenation concatenation;
    private final Supplier<Origin> origins;

    /** @param origins the origin of the change that the calling thread makes */
    LocalObjectStore(
            Index index,
            ObjectIndex objects,
            ObjectWriter writer,
            ObjectOpener opener,
            BlobGarbage garbage,
            ObjectConcatenation concatenation,
            Supplier<Origin> origins) {
        this.index = index;
        this.objects = objects;
        this.writer = writer;
        this.opener = opener;
        this.garbage = garbage;
        this.concatenation = concatenation;
        this.origins = origins;
    }

    @Override
    public ObjectStore under(Fence fence) {
        return this;
    }

    @Override
    public Set<Capability> capabilities() {
        return EnumSet.allOf(Capability.class);
    }

    @Override
    public PutResult put(ObjectKey key, Content content, PutOptions options) {
        refuseEarly(key, options.condition());
        ObjectIndex changes = objects.by(origins.get());
        return writer.store(
                content,
                options.expected(),
                (handle, body) -> changes.put(handle, key, options.attributes(), options.condition(), body));
    }

    @Override
    public <T> T read(ObjectKey key, ReadOptions options, ObjectReader<T> reader) throws IOException {
        try (OpenObject object = opener.open(key, options)) {
            return reader.read(object.info(), object.span(), object.body());
        }
    }

    @Override
    public Optional<ObjectInfo> stat(ObjectKey key) {
        return index.read(handle -> objects.find(handle, key)).map(ObjectRow::info);
    }

    @Override
    public List<DeleteResult> delete(List<ObjectKey> keys) {
        return delete(keys, objects.by(origins.get())::delete);
    }

    @Override
    public List<DeleteResult> remove(List<ObjectKey> keys) {
        return delete(keys);
    }

    @Override
    public List<DeleteResult> deleteMatching(Map<ObjectKey, Etag> tags) {
        ObjectIndex changes = objects.by(origins.get());
        return delete(List.copyOf(tags.keySet()), (handle, some) -> changes.deleteMatching(handle, some, tags));
    }

    private List<DeleteResult> delete(
            List<ObjectKey> keys, BiFunction<Handle, List<ObjectKey>, Stored<List<DeleteResult>>> deletion) {
        List<DeleteResult> results = new ArrayList<>();
        for (int i = 0; i < keys.size(); i += DELETED_AT_ONCE) {
            List<ObjectKey> some = keys.subList(i, Math.min(keys.size(), i + DELETED_AT_ONCE));
            Stored<List<DeleteResult>> deleted = index.write(handle -> deletion.apply(handle, some));
            garbage.deleteFreed(deleted.freed());
            results.addAll(deleted.value());
        }
        return results;
    }

    @Override
    public Optional<ObjectRecord> inspect(ObjectKey key) {
        return index.read(handle -> objects.find(handle, key).map(row -> objects.inspect(handle, row)));
    }

    @Override
    public ObjectPage list(ListQuery query) {
        ObjectListing listing = new ObjectListing(query);
        return index.read(listing::read);
    }

    @Override
    public ObjectInfo copy(ObjectKey source, ObjectKey target, CopyOptions options) {
        options.check(source, target);
        ObjectIndex changes = objects.by(origins.get());
        Stored<ObjectInfo> copied = index.write(handle -> changes.copy(handle, source, target, options));
        garbage.deleteFreed(copied.freed());
        return copied.value();
    }

    @Override
    public List<CopyResult> copyAll(List<Copy> copies) {
        ObjectIndex changes = objects.by(origins.get());
        List<CopyResult> results = new ArrayList<>();
        try {
            for (int i = 0; i < copies.size(); i += COPIED_AT_ONCE) {
                List<Copy> some = copies.subList(i, Math.min(copies.size(), i + COPIED_AT_ONCE));
                Stored<List<CopyResult>> copied = index.write(handle -> changes.copyAll(handle, some));
                garbage.deleteFreed(copied.freed());
                results.addAll(copied.value());
            }
        } catch (StorageException e) {
            // The copies before are committed, so they are reported.
            while (results.size() < copies.size()) {
                results.add(new CopyResult.Failed(e));
            }
        }
        return results;
    }

    @Override
    public Optional<ObjectInfo> concatenate(
            List<ObjectKey> sources, ObjectKey target, ObjectAttributes attributes, WriteCondition condition) {
        return concatenation.concatenate(sources, target, attributes, condition, origins.get());
    }

    /** Refuses a body early when the condition does not hold now; the decision is made when it is stored. */
    private void refuseEarly(ObjectKey key, WriteCondition condition) {
        if (!(condition instanceof WriteCondition.None)) {
            Conditions.check(condition, key, index.read(handle -> objects.find(handle, key)));
        }
    }
}
