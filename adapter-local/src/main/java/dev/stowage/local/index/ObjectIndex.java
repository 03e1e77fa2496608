package dev.stowage.local.index;

import dev.stowage.core.access.Origin;
import dev.stowage.core.error.NotFound;
import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.multipart.MultipartEtag;
import dev.stowage.core.multipart.PartInfo;
import dev.stowage.core.multipart.PartNumber;
import dev.stowage.core.object.Checksum;
import dev.stowage.core.object.Etag;
import dev.stowage.core.object.ObjectAttributes;
import dev.stowage.core.object.ObjectInfo;
import dev.stowage.core.object.ObjectRange;
import dev.stowage.core.object.WriteCondition;
import dev.stowage.core.port.Copy;
import dev.stowage.core.port.CopyOptions;
import dev.stowage.core.port.CopyResult;
import dev.stowage.core.port.DeleteResult;
import dev.stowage.core.port.ObjectRecord;
import dev.stowage.core.port.PutResult;
import dev.stowage.core.port.TagMeaning;
import dev.stowage.local.blob.Body;
import dev.stowage.local.blob.SmallBody;
import dev.stowage.local.blob.StoredBlob;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;

/** Queries and changes of objects; changes run within one transaction. */
public final class ObjectIndex {

    private final InstantSource clock;
    private final Origin origin;

    /** @param origin of changes, for the journal */
    private ObjectIndex(InstantSource clock, Origin origin) {
        this.clock = clock;
        this.origin = origin;
    }

    public ObjectIndex(InstantSource clock) {
        this(clock, Origin.UNKNOWN);
    }

    /** Returns the same index, which records changes as those of an origin. */
    public ObjectIndex by(Origin other) {
        return new ObjectIndex(clock, other);
    }

    /** The object under a key. */
    public Optional<ObjectRow> find(Handle handle, ObjectKey key) {
        return ObjectTable.find(handle, key);
    }

    /** The object under a key, with the bytes of a small one. */
    public Optional<ReadableRow> findReadable(Handle handle, ObjectKey key) {
        return ObjectTable.findReadable(handle, key);
    }

    /** The source of the object's ETag: the MD5 of the whole, or those of its segments, which are its uploaded parts. */
    public ObjectRecord inspect(Handle handle, ObjectRow row) {
        if (row.info().etag().value().indexOf('-') < 0) {
            List<Checksum> checksums = ContentTable.checksums(handle, row.content());
            return new ObjectRecord(row.info(), List.of(), checksums, TagMeaning.DIGEST);
        }
        List<PartInfo> parts = ContentTable.parts(handle, row.content(), 0, PartNumber.MAX);
        return new ObjectRecord(
                row.info(),
                parts.stream().map(PartInfo::size).toList(),
                List.of(),
                parts.stream().map(PartInfo::checksums).toList(),
                TagMeaning.DIGEST);
    }

    /** Creates an object from a body. */
    public Stored<PutResult> put(
            Handle handle, ObjectKey key, ObjectAttributes attributes, WriteCondition condition, Body body) {
        Optional<ObjectRow> before = ObjectTable.find(handle, key);
        Conditions.check(condition, key, before);
        Instant now = now();
        long content = ContentTable.create(handle, body, now);
        ObjectInfo info = new ObjectInfo(key, body.size(), new Etag(body.md5()), now, attributes);
        List<Long> freed =
                replace(handle, before, new ObjectRow(info, content), origin).freed();
        return new Stored<>(new PutResult(info, Optional.of(before.isEmpty())), freed);
    }

    /** Creates an object that shares the content of another one. */
    public Stored<ObjectInfo> copy(Handle handle, ObjectKey source, ObjectKey target, CopyOptions options) {
        Optional<ObjectRow> before = ObjectTable.find(handle, target);
        ObjectRow row = copied(new Copy(source, target, options), ObjectTable.find(handle, source), before, now());
        return replace(handle, before, row, origin);
    }

    /** Creates objects that share the contents of others, in order. The number of statements does not depend on the number of copies. */
    public Stored<List<CopyResult>> copyAll(Handle handle, List<Copy> copies) {
        Map<ObjectKey, ObjectRow> rows = ObjectTable.find(
                handle,
                copies.stream()
                        .flatMap(copy -> Stream.of(copy.source(), copy.target()))
                        .distinct()
                        .toList());
        Instant now = now();
        List<StoredChange> changes = new ArrayList<>();
        List<CopyResult> results = new ArrayList<>();
        for (Copy copy : copies) {
            results.add(CopyResult.of(() -> {
                copy.check();
                Optional<ObjectRow> before = Optional.ofNullable(rows.get(copy.target()));
                ObjectRow row = copied(copy, Optional.ofNullable(rows.get(copy.source())), before, now);
                rows.put(copy.target(), row);
                changes.add(new StoredChange(before, row));
                return row.info();
            }));
        }
        return new Stored<>(results, replaceAll(handle, changes, origin));
    }

    /** The row of a copy, if its conditions hold. */
    private static ObjectRow copied(Copy copy, Optional<ObjectRow> source, Optional<ObjectRow> before, Instant now) {
        ObjectRow original =
                source.orElseThrow(() -> NotFound.file(copy.source().value()));
        CopyOptions options = copy.options();
        options.ifSourceMatch().ifPresent(expected -> Conditions.checkMatch(expected, original));
        Conditions.check(options.condition(), copy.target(), before);
        ObjectInfo info = original.info();
        ObjectInfo made = new ObjectInfo(
                copy.target(),
                info.size(),
                info.etag(),
                now,
                options.changesTo(info, copy.target()).applyTo(info.attributes()));
        return new ObjectRow(made, original.content());
    }

    /** The bodies of an object, in order; empty when it does not exist. */
    public Optional<List<? extends Body>> bodies(Handle handle, ObjectKey key) {
        return ObjectTable.find(handle, key).map(row -> bodies(handle, row.content()));
    }

    /**
     * The blob with exactly these bytes of an object; empty when several have them, or one has more.
     *
     * @throws NotFound when there is no such object
     * @throws dev.stowage.core.error.PreconditionFailed when it is another version
     */
    public Optional<StoredBlob> blob(Handle handle, ObjectRange range) {
        ObjectKey key = range.object().key();
        ObjectRow row = ObjectTable.find(handle, key).orElseThrow(() -> NotFound.file(key.value()));
        Conditions.checkMatch(range.object().etag(), row);
        return ContentTable.blob(handle, row.content(), range.bytes());
    }

    private static List<? extends Body> bodies(Handle handle, long content) {
        Optional<SmallBody> small = ContentTable.small(handle, content);
        return small.isPresent() ? List.of(small.get()) : ContentTable.blobs(handle, content);
    }

    /** Creates an object from several blobs, with a multipart ETag. */
    public Stored<ObjectInfo> concatenate(
            Handle handle,
            ObjectKey target,
            ObjectAttributes attributes,
            WriteCondition condition,
            List<StoredBlob> blobs) {
        Optional<ObjectRow> before = ObjectTable.find(handle, target);
        Conditions.check(condition, target, before);
        Instant now = now();
        long content = ContentTable.create(handle);
        for (int i = 0; i < blobs.size(); i++) {
            ContentTable.add(handle, content, i + 1, blobs.get(i), now);
        }
        Etag etag = MultipartEtag.of(
                        blobs.stream().map(blob -> new Etag(blob.md5())).toList())
                .orElseThrow();
        long size = blobs.stream().mapToLong(StoredBlob::size).sum();
        ObjectInfo info = new ObjectInfo(target, size, etag, now, attributes);
        return replace(handle, before, new ObjectRow(info, content), origin);
    }

    /** Deletes objects. */
    public Stored<List<DeleteResult>> delete(Handle handle, List<ObjectKey> keys) {
        Map<ObjectKey, Long> deleted = ObjectTable.delete(handle, keys);
        ChangeTable.addDeleted(handle, deleted.keySet(), now(), origin);
        List<Long> freed = ContentTable.release(handle, List.copyOf(deleted.values()));
        List<DeleteResult> results = new ArrayList<>();
        for (ObjectKey key : keys) {
            // Removed from the map, so a key that is given twice is missing the second time.
            boolean was = deleted.remove(key) != null;
            results.add(was ? new DeleteResult.Deleted(key) : new DeleteResult.Missing(key));
        }
        return new Stored<>(results, freed);
    }

    /** Deletes the objects whose ETag matches the given one. */
    public Stored<List<DeleteResult>> deleteMatching(Handle handle, List<ObjectKey> keys, Map<ObjectKey, Etag> tags) {
        Map<ObjectKey, DeleteResult> results = new HashMap<>();
        ObjectTable.etags(handle, keys).forEach((key, etag) -> {
            if (!etag.equals(tags.get(key))) {
                results.put(key, new DeleteResult.Failed(key, Conditions.otherVersion(key)));
            }
        });
        Stored<List<DeleteResult>> deleted = delete(
                handle, keys.stream().filter(key -> !results.containsKey(key)).toList());
        deleted.value().forEach(result -> results.put(result.key(), result));
        return new Stored<>(keys.stream().map(results::get).toList(), deleted.freed());
    }

    /** Replaces an object's row, and frees the content of the former one. */
    static Stored<ObjectInfo> replace(Handle handle, Optional<ObjectRow> before, ObjectRow row, Origin origin) {
        ObjectTable.save(handle, row);
        ChangeTable.add(handle, new StoredChange(before, row), origin);
        List<Long> freed = before.map(old -> ContentTable.release(handle, List.of(old.content())))
                .orElse(List.of());
        return new Stored<>(row.info(), freed);
    }

    /** Replaces the rows of objects, in order, and frees the contents of the former ones that are no longer used. */
    private static List<Long> replaceAll(Handle handle, List<StoredChange> changes, Origin origin) {
        ObjectTable.saveAll(handle, changes.stream().map(StoredChange::row).toList());
        ChangeTable.addAll(handle, changes, origin);
        List<Long> former = changes.stream()
                .flatMap(change -> change.before().stream())
                .map(ObjectRow::content)
                .toList();
        return former.isEmpty() ? List.of() : ContentTable.release(handle, former);
    }

    /** In milliseconds, the precision of the database. */
    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
