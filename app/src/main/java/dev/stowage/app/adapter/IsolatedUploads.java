package dev.stowage.app.adapter;

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

/** The multipart uploads of an {@link IsolatedStorage}. */
final class IsolatedUploads extends ForwardingMultipartStore {

    private final AdapterCode code;

    IsolatedUploads(MultipartStore uploads, AdapterCode code) {
        super(uploads);
        this.code = code;
    }

    @Override
    public UploadId create(ObjectKey key, ObjectAttributes attributes) {
        return code.call(() -> super.create(key, attributes));
    }

    @Override
    public PartInfo putPart(
            ObjectKey key, UploadId upload, PartNumber number, Content content, List<Checksum> expected) {
        return code.call(() -> super.putPart(key, upload, number, content, expected));
    }

    @Override
    public Optional<PartInfo> copyPart(ObjectKey key, UploadId upload, PartNumber number, ObjectRange source) {
        return code.call(() -> super.copyPart(key, upload, number, source));
    }

    @Override
    public ObjectInfo complete(ObjectKey key, UploadId upload, List<PartTag> parts, WriteCondition condition) {
        return code.call(() -> super.complete(key, upload, parts, condition));
    }

    @Override
    public void abort(ObjectKey key, UploadId upload) {
        code.run(() -> super.abort(key, upload));
    }

    @Override
    public Page<PartInfo, PartNumber> listParts(
            ObjectKey key, UploadId upload, int maxParts, Optional<PartNumber> after) {
        return code.call(() -> super.listParts(key, upload, maxParts, after));
    }

    @Override
    public Page<UploadInfo, String> listUploads(KeyPrefix prefix, int maxUploads, Optional<String> token) {
        return code.call(() -> super.listUploads(prefix, maxUploads, token));
    }
}
