package dev.stowage.core.upload;

import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.multipart.UploadId;
import dev.stowage.core.port.MultipartStore;

/** Gives a multipart upload up and frees its parts. */
public final class AbortUpload {

    private final MultipartStore store;

    public AbortUpload(MultipartStore store) {
        this.store = store;
    }

    /** As {@link MultipartStore#abort} has it. */
    public void abort(ObjectKey key, UploadId upload) {
        store.abort(key, upload);
    }
}
