package dev.stowage.core.upload;

import dev.stowage.core.key.KeyLayout;
import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.multipart.UploadId;
import dev.stowage.core.multipart.UploadInfo;
import dev.stowage.core.object.ObjectAttributes;
import dev.stowage.core.port.MultipartStore;
import java.time.InstantSource;

/** Begins a multipart upload of a file whose key fits the layout. */
public final class CreateUpload {

    private final MultipartStore store;
    private final KeyLayout layout;
    private final InstantSource clock;

    public CreateUpload(MultipartStore store, KeyLayout layout, InstantSource clock) {
        this.store = store;
        this.layout = layout;
        this.clock = clock;
    }

    /**
     * Begins an upload. Repeating it begins another one.
     *
     * @throws dev.stowage.core.error.InvalidInput when the key does not fit the layout
     */
    public UploadInfo create(ObjectKey key, ObjectAttributes attributes) {
        layout.check(key);
        UploadId id = store.create(key, attributes);
        return new UploadInfo(key, id, clock.instant());
    }
}
