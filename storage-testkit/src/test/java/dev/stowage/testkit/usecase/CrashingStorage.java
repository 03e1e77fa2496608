package dev.stowage.testkit.usecase;

import dev.stowage.core.key.KeyPrefix;
import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.multipart.PartInfo;
import dev.stowage.core.multipart.PartLimits;
import dev.stowage.core.multipart.PartNumber;
import dev.stowage.core.multipart.PartPage;
import dev.stowage.core.multipart.PartTag;
import dev.stowage.core.multipart.UploadId;
import dev.stowage.core.multipart.UploadPage;
import dev.stowage.core.object.Checksum;
import dev.stowage.core.object.Content;
import dev.stowage.core.object.ObjectAttributes;
import dev.stowage.core.object.ObjectInfo;
import dev.stowage.core.object.WriteCondition;
import dev.stowage.core.port.MultipartStore;
import dev.stowage.core.port.ObjectStore;
import dev.stowage.core.port.Storage;
import java.util.List;
import java.util.Optional;

/** A store, as a process sees it that crashes. */
record CrashingStorage(Storage target, CrashPoint crash) implements Storage, MultipartStore {

    @Override
    public ObjectStore objects() {
        return target.objects();
    }

    @Override
    public MultipartStore uploads() {
        return this;
    }

    @Override
    public String bucket() {
        return target.bucket();
    }

    @Override
    public String description() {
        return target.description();
    }

    @Override
    public void check() {
        target.check();
    }

    @Override
    public void close() {
        target.close();
    }

    @Override
    public PartLimits limits() {
        return target.uploads().limits();
    }

    @Override
    public UploadId create(ObjectKey key, ObjectAttributes attributes) {
        return crash.step(() -> target.uploads().create(key, attributes));
    }

    @Override
    public PartInfo putPart(
            ObjectKey key, UploadId upload, PartNumber number, Content content, List<Checksum> expected) {
        return crash.step(() -> target.uploads().putPart(key, upload, number, content, expected));
    }

    @Override
    public ObjectInfo complete(ObjectKey key, UploadId upload, List<PartTag> parts, WriteCondition condition) {
        return crash.step(() -> target.uploads().complete(key, upload, parts, condition));
    }

    @Override
    public void abort(ObjectKey key, UploadId upload) {
        boolean unused = crash.step(() -> {
            target.uploads().abort(key, upload);
            return true;
        });
    }

    @Override
    public PartPage listParts(ObjectKey key, UploadId upload, int maxParts, Optional<PartNumber> after) {
        return crash.look(() -> target.uploads().listParts(key, upload, maxParts, after));
    }

    @Override
    public UploadPage listUploads(KeyPrefix prefix, int maxUploads, Optional<String> token) {
        return crash.look(() -> target.uploads().listUploads(prefix, maxUploads, token));
    }
}
