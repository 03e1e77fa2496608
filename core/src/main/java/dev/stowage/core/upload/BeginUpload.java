package dev.stowage.core.upload;

import dev.stowage.core.error.StorageException;
import dev.stowage.core.error.StorageUnavailable;
import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.multipart.UploadId;
import dev.stowage.core.multipart.UploadIntent;
import dev.stowage.core.multipart.UploadOrigin;
import dev.stowage.core.multipart.UploadSession;
import dev.stowage.core.object.ObjectAttributes;
import dev.stowage.core.port.MultipartStore;
import dev.stowage.core.port.records.UploadSessions;
import java.time.InstantSource;

/** Creates uploads in such an order that each is recorded before its client gets a response. */
final class BeginUpload {

    private final MultipartStore store;
    private final UploadSessions sessions;
    private final int maxOpen;
    private final InstantSource clock;

    /** @param maxOpen the maximum number of open uploads of one principal */
    BeginUpload(MultipartStore store, UploadSessions sessions, int maxOpen, InstantSource clock) {
        this.store = store;
        this.sessions = sessions;
        this.maxOpen = maxOpen;
        this.clock = clock;
    }

    /**
     * Creates an upload and records it. A repetition creates another one. If a crash leaves an upload in the store, it is found by the
     * intent that was recorded before, and aborted.
     *
     * @throws dev.stowage.core.error.TooManyOpen when the owner has reached the limit; the store receives no request
     */
    UploadSession begin(ObjectKey key, UploadOrigin origin, ObjectAttributes attributes) {
        UploadIntent intent = sessions.intents().intend(key, origin.owner(), maxOpen, clock.instant());
        RecordedUpload upload = new RecordedUpload(sessions, clock, intent, origin, attributes);
        UploadId id = begin(upload, key, attributes);
        try {
            upload.begun(id);
            return upload.session();
        } catch (StorageException e) {
            upload.ended(undo(key, id, e));
            throw e;
        }
    }

    private UploadId begin(RecordedUpload upload, ObjectKey key, ObjectAttributes attributes) {
        try {
            return store.create(key, attributes);
        } catch (StorageException e) {
            // After a lost response it is unknown whether the store created the upload.
            upload.ended(!(e instanceof StorageUnavailable));
            throw e;
        }
    }

    private boolean undo(ObjectKey key, UploadId id, StorageException reason) {
        try {
            store.abort(key, id);
            return true;
        } catch (StorageException e) {
            reason.addSuppressed(e);
            return false;
        }
    }
}
