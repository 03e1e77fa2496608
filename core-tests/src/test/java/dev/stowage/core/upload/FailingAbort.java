package dev.stowage.core.upload;

import dev.stowage.core.error.StorageUnavailable;
import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.multipart.UploadId;
import dev.stowage.core.port.ForwardingMultipartStore;
import dev.stowage.core.port.ForwardingStorage;
import dev.stowage.core.port.MultipartStore;
import dev.stowage.core.port.Storage;

/** A store that can't abort one upload. */
final class FailingAbort extends ForwardingStorage {

    private final MultipartStore uploads;

    FailingAbort(Storage storage, UploadId poisoned) {
        super(storage);
        this.uploads = new ForwardingMultipartStore(storage.uploads()) {
            @Override
            public void abort(ObjectKey key, UploadId upload) {
                if (upload.equals(poisoned)) {
                    throw new StorageUnavailable("away", null);
                }
                super.abort(key, upload);
            }
        };
    }

    @Override
    public MultipartStore uploads() {
        return uploads;
    }
}
