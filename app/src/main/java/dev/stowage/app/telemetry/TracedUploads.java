package dev.stowage.app.telemetry;

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
import dev.stowage.core.observe.Observer;
import dev.stowage.core.port.ForwardingMultipartStore;
import dev.stowage.core.port.MultipartStore;
import dev.stowage.core.port.Page;
import java.util.List;
import java.util.Optional;

/** Multipart uploads of a store whose calls are observed. */
final class TracedUploads extends ForwardingMultipartStore {

    private final MultipartStore store;
    private final Observer observer;

    TracedUploads(MultipartStore store, Observer observer) {
        super(store);
        this.store = store;
        this.observer = observer;
    }

    @Override
    public UploadId create(ObjectKey key, ObjectAttributes attributes) {
        return observer.step("store.create_upload", () -> store.create(key, attributes));
    }

    @Override
    public PartInfo putPart(
            ObjectKey key, UploadId upload, PartNumber number, Content content, List<Checksum> expected) {
        return observer.step("store.put_part", () -> store.putPart(key, upload, number, content, expected));
    }

    @Override
    public Optional<PartInfo> copyPart(ObjectKey key, UploadId upload, PartNumber number, ObjectRange source) {
        return observer.step("store.copy_part", () -> store.copyPart(key, upload, number, source));
    }

    @Override
    public ObjectInfo complete(ObjectKey key, UploadId upload, List<PartTag> parts, WriteCondition condition) {
        return observer.step("store.complete_upload", () -> store.complete(key, upload, parts, condition));
    }

    @Override
    public void abort(ObjectKey key, UploadId upload) {
        boolean unused = observer.step("store.abort_upload", () -> {
            store.abort(key, upload);
            return true;
        });
    }

    @Override
    public Page<PartInfo, PartNumber> listParts(
            ObjectKey key, UploadId upload, int maxParts, Optional<PartNumber> after) {
        return observer.step("store.list_parts", () -> store.listParts(key, upload, maxParts, after));
    }

    @Override
    public Page<UploadInfo, String> listUploads(KeyPrefix prefix, int maxUploads, Optional<String> token) {
        return observer.step("store.list_uploads", () -> store.listUploads(prefix, maxUploads, token));
    }
}
