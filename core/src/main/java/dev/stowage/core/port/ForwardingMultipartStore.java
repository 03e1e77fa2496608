package dev.stowage.core.port;

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
import java.util.List;
import java.util.Optional;

/** A store that forwards each call to another store. Decorators extend it and override what they change. */
public abstract class ForwardingMultipartStore implements MultipartStore {

    private final MultipartStore delegate;

    /** @param delegate the store that receives the calls */
    protected ForwardingMultipartStore(MultipartStore delegate) {
        this.delegate = delegate;
    }

    @Override
    public PartLimits limits() {
        return delegate.limits();
    }

    @Override
    public UploadId create(ObjectKey key, ObjectAttributes attributes) {
        return delegate.create(key, attributes);
    }

    @Override
    public PartInfo putPart(
            ObjectKey key, UploadId upload, PartNumber number, Content content, List<Checksum> expected) {
        return delegate.putPart(key, upload, number, content, expected);
    }

    @Override
    public Optional<PartInfo> copyPart(ObjectKey key, UploadId upload, PartNumber number, ObjectRange source) {
        return delegate.copyPart(key, upload, number, source);
    }

    @Override
    public ObjectInfo complete(ObjectKey key, UploadId upload, List<PartTag> parts, WriteCondition condition) {
        return delegate.complete(key, upload, parts, condition);
    }

    @Override
    public void abort(ObjectKey key, UploadId upload) {
        delegate.abort(key, upload);
    }

    @Override
    public Page<PartInfo, PartNumber> listParts(
            ObjectKey key, UploadId upload, int maxParts, Optional<PartNumber> after) {
        return delegate.listParts(key, upload, maxParts, after);
    }

    @Override
    public Page<UploadInfo, String> listUploads(KeyPrefix prefix, int maxUploads, Optional<String> token) {
        return delegate.listUploads(prefix, maxUploads, token);
    }
}
