package dev.stowage.core.upload;

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
import dev.stowage.core.port.ForwardingObjectStore;
import dev.stowage.core.port.ForwardingStorage;
import dev.stowage.core.port.MultipartStore;
import dev.stowage.core.port.ObjectStore;
import dev.stowage.core.port.Page;
import dev.stowage.core.port.PutOptions;
import dev.stowage.core.port.PutResult;
import dev.stowage.core.port.Storage;
import java.util.List;
import java.util.Optional;

/** A store, as seen by a process that crashes. */
final class CrashingStorage extends ForwardingStorage {

    private final ObjectStore objects;
    private final MultipartStore uploads;

    CrashingStorage(Storage target, CrashPoint crash) {
        super(target);
        this.objects = new Objects(target.objects(), crash);
        this.uploads = new Uploads(target.uploads(), crash);
    }

    @Override
    public ObjectStore objects() {
        return objects;
    }

    @Override
    public MultipartStore uploads() {
        return uploads;
    }

    private static final class Objects extends ForwardingObjectStore {

        private final CrashPoint crash;

        Objects(ObjectStore target, CrashPoint crash) {
            super(target);
            this.crash = crash;
        }

        @Override
        public PutResult put(ObjectKey key, Content content, PutOptions options) {
            return crash.step(() -> super.put(key, content, options));
        }
    }

    private static final class Uploads extends ForwardingMultipartStore {

        private final CrashPoint crash;

        Uploads(MultipartStore target, CrashPoint crash) {
            super(target);
            this.crash = crash;
        }

        @Override
        public UploadId create(ObjectKey key, ObjectAttributes attributes) {
            return crash.step(() -> super.create(key, attributes));
        }

        @Override
        public PartInfo putPart(
                ObjectKey key, UploadId upload, PartNumber number, Content content, List<Checksum> expected) {
            return crash.step(() -> super.putPart(key, upload, number, content, expected));
        }

        @Override
        public Optional<PartInfo> copyPart(ObjectKey key, UploadId upload, PartNumber number, ObjectRange source) {
            return crash.step(() -> super.copyPart(key, upload, number, source));
        }

        @Override
        public ObjectInfo complete(ObjectKey key, UploadId upload, List<PartTag> parts, WriteCondition condition) {
            return crash.step(() -> super.complete(key, upload, parts, condition));
        }

        @Override
        public void abort(ObjectKey key, UploadId upload) {
            boolean unused = crash.step(() -> {
                super.abort(key, upload);
                return true;
            });
        }

        @Override
        public Page<PartInfo, PartNumber> listParts(
                ObjectKey key, UploadId upload, int maxParts, Optional<PartNumber> after) {
            return crash.look(() -> super.listParts(key, upload, maxParts, after));
        }

        @Override
        public Page<UploadInfo, String> listUploads(KeyPrefix prefix, int maxUploads, Optional<String> token) {
            return crash.look(() -> super.listUploads(prefix, maxUploads, token));
        }
    }
}
