package dev.stowage.testkit.names;

import dev.stowage.core.adapter.EscapedNames;
import dev.stowage.core.key.KeyPrefix;
import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.multipart.PartInfo;
import dev.stowage.core.multipart.PartNumber;
import dev.stowage.core.multipart.PartTag;
import dev.stowage.core.multipart.UploadId;
import dev.stowage.core.multipart.UploadInfo;
import dev.stowage.core.object.Checksum;
import dev.stowage.core.object.Content;
import dev.stowage.core.object.ObjectAttributes;
import dev.stowage.core.object.ObjectInfo;
import dev.stowage.core.object.ObjectRange;
import dev.stowage.core.object.WriteCondition;
import dev.stowage.core.port.ForwardingMultipartStore;
import dev.stowage.core.port.MultipartStore;
import dev.stowage.core.port.Page;
import java.util.List;
import java.util.Optional;

/** Uploads under escaped names. */
final class NarrowUploads extends ForwardingMultipartStore {

    private final EscapedNames names;

    NarrowUploads(MultipartStore store, EscapedNames names) {
        super(store);
        this.names = names;
    }

    @Override
    public UploadId create(ObjectKey key, ObjectAttributes attributes) {
        return super.create(name(key), attributes);
    }

    @Override
    public PartInfo putPart(
            ObjectKey key, UploadId upload, PartNumber number, Content content, List<Checksum> expected) {
        return super.putPart(name(key), upload, number, content, expected);
    }

    @Override
    public Optional<PartInfo> copyPart(ObjectKey key, UploadId upload, PartNumber number, ObjectRange source) {
        ObjectInfo object = source.object();
        ObjectInfo named = new ObjectInfo(
                name(object.key()), object.size(), object.etag(), object.lastModified(), object.attributes());
        return super.copyPart(name(key), upload, number, new ObjectRange(named, source.bytes()));
    }

    @Override
    public ObjectInfo complete(ObjectKey key, UploadId upload, List<PartTag> parts, WriteCondition condition) {
        ObjectInfo stored = super.complete(name(key), upload, parts, condition);
        return new ObjectInfo(key, stored.size(), stored.etag(), stored.lastModified(), stored.attributes());
    }

    @Override
    public void abort(ObjectKey key, UploadId upload) {
        super.abort(name(key), upload);
    }

    @Override
    public Page<PartInfo, PartNumber> listParts(
            ObjectKey key, UploadId upload, int maxParts, Optional<PartNumber> after) {
        return super.listParts(name(key), upload, maxParts, after);
    }

    @Override
    public Page<UploadInfo, String> listUploads(KeyPrefix prefix, int maxUploads, Optional<String> token) {
        Page<UploadInfo, String> page =
                super.listUploads(new KeyPrefix(names.encode(prefix.value())), maxUploads, token);
        return new Page<>(
                page.items().stream()
                        .map(upload -> new UploadInfo(
                                new ObjectKey(names.decode(upload.key().value()).orElseThrow()),
                                upload.id(),
                                upload.initiated()))
                        .toList(),
                page.next());
    }

    private ObjectKey name(ObjectKey key) {
        return new ObjectKey(names.encode(key.value()));
    }
}
