package dev.stowage.local;

import dev.stowage.core.access.Origin;
import dev.stowage.core.key.KeyPrefix;
import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.multipart.PartInfo;
import dev.stowage.core.multipart.PartLimits;
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
import dev.stowage.core.port.MultipartStore;
import dev.stowage.core.port.Page;
import dev.stowage.local.index.Index;
import dev.stowage.local.index.Stored;
import dev.stowage.local.index.UploadIndex;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Multipart uploads: contents without an object. */
final class LocalMultipartStore implements MultipartStore {

    private static final int ID_BYTES = 16;

    private final Index index;
    private final UploadIndex uploads;
    private final PartLimits limits;
    private final ObjectWriter writer;
    private final LinkedParts links;
    private final BlobGarbage garbage;
    private final Supplier<Origin> origins;
    private final SecureRandom random = new SecureRandom();

    /** @param origins the origin of the change that the calling thread makes */
    LocalMultipartStore(
            Index index,
            UploadIndex uploads,
            PartLimits limits,
            ObjectWriter writer,
            LinkedParts links,
            BlobGarbage garbage,
            Supplier<Origin> origins) {
        this.origins = origins;
        this.index = index;
        this.uploads = uploads;
        this.limits = limits;
        this.writer = writer;
        this.links = links;
        this.garbage = garbage;
    }

    @Override
    public PartLimits limits() {
        return limits;
    }

    @Override
    public UploadId create(ObjectKey key, ObjectAttributes attributes) {
        byte[] bytes = new byte[ID_BYTES];
        random.nextBytes(bytes);
        UploadId id = new UploadId(HexFormat.of().formatHex(bytes));
        return index.write(handle -> uploads.create(handle, key, id, attributes));
    }

    @Override
    public PartInfo putPart(
            ObjectKey key, UploadId upload, PartNumber number, Content content, List<Checksum> expected) {
        limits.checkSize(content.length().orElse(0));
        // Checked before the body is read, and again when it is stored.
        index.read(handle -> uploads.get(handle, key, upload));
        return writer.storeFile(
                content,
                expected,
                limits.maxSize(),
                (handle, blob) -> uploads.putPart(handle, key, upload, number, blob));
    }

    @Override
    public Optional<PartInfo> copyPart(ObjectKey key, UploadId upload, PartNumber number, ObjectRange source) {
        limits.checkSize(source.bytes().length());
        Optional<Stored<PartInfo>> linked = links.link(key, upload, number, source);
        linked.ifPresent(part -> garbage.deleteFreed(part.freed()));
        return linked.map(Stored::value);
    }

    @Override
    public ObjectInfo complete(ObjectKey key, UploadId upload, List<PartTag> parts, WriteCondition condition) {
        Origin origin = origins.get();
        Stored<ObjectInfo> completed =
                index.write(handle -> uploads.complete(handle, key, upload, parts, condition, origin));
        garbage.deleteFreed(completed.freed());
        return completed.value();
    }

    @Override
    public void abort(ObjectKey key, UploadId upload) {
        garbage.deleteFreed(index.write(handle -> uploads.abort(handle, key, upload)));
    }

    @Override
    public Page<PartInfo, PartNumber> listParts(
            ObjectKey key, UploadId upload, int maxParts, Optional<PartNumber> after) {
        int number = after.map(PartNumber::value).orElse(0);
        return index.read(handle -> uploads.parts(handle, key, upload, maxParts, number));
    }

    @Override
    public Page<UploadInfo, String> listUploads(KeyPrefix prefix, int maxUploads, Optional<String> token) {
        return index.read(handle -> uploads.list(handle, prefix, maxUploads, token));
    }
}
