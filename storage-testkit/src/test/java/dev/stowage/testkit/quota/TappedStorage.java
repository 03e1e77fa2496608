package dev.stowage.testkit.quota;

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
import dev.stowage.core.port.UrlSigner;
import java.util.List;
import java.util.Optional;

/** A store with a tap that runs before and after each change. Its signed URLs don't lead to the service. */
record TappedStorage(Storage storage, ObjectStore objects, Runnable tap) implements Storage, MultipartStore {

    TappedStorage(Storage storage, Runnable tap) {
        this(storage, new TappedObjects(storage.objects(), tap), tap);
    }

    @Override
    public MultipartStore uploads() {
        return this;
    }

    @Override
    public Optional<UrlSigner> signer() {
        return storage.signer();
    }

    @Override
    public String bucket() {
        return storage.bucket();
    }

    @Override
    public String description() {
        return storage.description();
    }

    @Override
    public void check() {
        storage.check();
    }

    @Override
    public void close() {
        storage.close();
    }

    @Override
    public PartLimits limits() {
        return storage.uploads().limits();
    }

    @Override
    public UploadId create(ObjectKey key, ObjectAttributes attributes) {
        return storage.uploads().create(key, attributes);
    }

    @Override
    public PartInfo putPart(
            ObjectKey key, UploadId upload, PartNumber number, Content content, List<Checksum> expected) {
        return storage.uploads().putPart(key, upload, number, content, expected);
    }

    @Override
    public ObjectInfo complete(ObjectKey key, UploadId upload, List<PartTag> parts, WriteCondition condition) {
        tap.run();
        ObjectInfo completed = storage.uploads().complete(key, upload, parts, condition);
        tap.run();
        return completed;
    }

    @Override
    public void abort(ObjectKey key, UploadId upload) {
        storage.uploads().abort(key, upload);
    }

    @Override
    public PartPage listParts(ObjectKey key, UploadId upload, int maxParts, Optional<PartNumber> after) {
        return storage.uploads().listParts(key, upload, maxParts, after);
    }

    @Override
    public UploadPage listUploads(KeyPrefix prefix, int maxUploads, Optional<String> token) {
        return storage.uploads().listUploads(prefix, maxUploads, token);
    }
}
