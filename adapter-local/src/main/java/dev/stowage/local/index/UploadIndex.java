package dev.stowage.local.index;

import dev.stowage.core.access.Origin;
import dev.stowage.core.adapter.PageToken;
import dev.stowage.core.error.NotFound;
import dev.stowage.core.key.KeyPrefix;
import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.multipart.PartInfo;
import dev.stowage.core.multipart.PartLimits;
import dev.stowage.core.multipart.PartNumber;
import dev.stowage.core.multipart.PartTag;
import dev.stowage.core.multipart.UploadId;
import dev.stowage.core.multipart.UploadInfo;
import dev.stowage.core.object.Etag;
import dev.stowage.core.object.ObjectAttributes;
import dev.stowage.core.object.ObjectInfo;
import dev.stowage.core.object.WriteCondition;
import dev.stowage.core.port.Page;
import dev.stowage.local.blob.StoredBlob;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.result.ResultIterator;

/** Queries and changes of uploads; changes run within one transaction. */
public final class UploadIndex {

    private final InstantSource clock;
    private final PartLimits limits;

    public UploadIndex(InstantSource clock, PartLimits limits) {
        this.clock = clock;
        this.limits = limits;
    }

    /** Creates an upload: a content without parts. */
    public UploadId create(Handle handle, ObjectKey key, UploadId id, ObjectAttributes attributes) {
        long content = ContentTable.create(handle);
        UploadTable.insert(handle, new UploadRow(new UploadInfo(key, id, now()), attributes, content));
        return id;
    }

    /** @throws NotFound when the upload does not exist */
    public UploadInfo get(Handle handle, ObjectKey key, UploadId id) {
        return find(handle, key, id).info();
    }

    /** Stores a part, replacing one with the same number. */
    public Stored<PartInfo> putPart(Handle handle, ObjectKey key, UploadId id, PartNumber number, StoredBlob blob) {
        long content = find(handle, key, id).content();
        boolean replaced = ContentTable.discard(handle, content, number.value());
        Instant now = now();
        ContentTable.add(handle, content, number.value(), blob, now);
        PartInfo part = new PartInfo(number, blob.size(), new Etag(blob.md5()), now, blob.checksums());
        return new Stored<>(part, replaced ? List.of(GarbageTable.UNREAD) : List.of());
    }

    /**
     * Creates an object from some parts and discards the others. Nothing is copied: the parts become the object's segments.
     *
     * @param origin of the change, for the journal
     */
    public Stored<ObjectInfo> complete(
            Handle handle, ObjectKey key, UploadId id, List<PartTag> chosen, WriteCondition condition, Origin origin) {
        UploadRow upload = find(handle, key, id);
        Optional<ObjectRow> before = ObjectTable.find(handle, key);
        Conditions.check(condition, key, before);
        ObjectParts parts =
                ObjectParts.of(chosen, ContentTable.parts(handle, upload.content(), 0, PartNumber.MAX), limits);
        for (PartNumber unwanted : parts.unwanted()) {
            ContentTable.discard(handle, upload.content(), unwanted.value());
        }
        UploadTable.delete(handle, id);
        ObjectInfo info = new ObjectInfo(key, parts.size(), parts.etag(), now(), upload.attributes());
        Stored<ObjectInfo> stored = ObjectIndex.replace(handle, before, new ObjectRow(info, upload.content()), origin);
        List<Long> freed = new ArrayList<>(stored.freed());
        if (!parts.unwanted().isEmpty()) {
            freed.add(GarbageTable.UNREAD);
        }
        return new Stored<>(info, freed);
    }

    /** Ends an upload and returns what that freed. */
    public List<Long> abort(Handle handle, ObjectKey key, UploadId id) {
        UploadRow upload = find(handle, key, id);
        UploadTable.delete(handle, id);
        return ContentTable.release(handle, List.of(upload.content()));
    }

    /** A page of an upload's parts. */
    public Page<PartInfo, PartNumber> parts(Handle handle, ObjectKey key, UploadId id, int maxParts, int after) {
        long content = find(handle, key, id).content();
        List<PartInfo> parts = ContentTable.parts(handle, content, after, maxParts + 1);
        return Page.first(parts, maxParts, PartInfo::number);
    }

    /** A page of the open uploads. */
    public Page<UploadInfo, String> list(Handle handle, KeyPrefix prefix, int maxUploads, Optional<String> token) {
        PageToken tokens = new PageToken("uploads\n" + prefix.value());
        UploadPosition position = token.map(tokens::decode)
                .map(UploadPosition::parse)
                .orElseGet(() -> UploadPosition.before(prefix.value()));
        List<UploadInfo> page = new ArrayList<>();
        try (ResultIterator<UploadInfo> rows = UploadTable.scan(handle, position)) {
            while (rows.hasNext()) {
                UploadInfo upload = rows.next();
                if (!prefix.contains(upload.key())) {
                    break;
                }
                if (page.size() == maxUploads) {
                    UploadPosition last = UploadPosition.of(page.get(maxUploads - 1));
                    return new Page<>(page, Optional.of(tokens.encode(last.text())));
                }
                page.add(upload);
            }
        }
        return new Page<>(page, Optional.empty());
    }

    private static UploadRow find(Handle handle, ObjectKey key, UploadId id) {
        return UploadTable.find(handle, key, id).orElseThrow(() -> NotFound.upload(key.value(), id.value()));
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
