package dev.stowage.core.upload;

import dev.stowage.core.error.StorageException;
import dev.stowage.core.key.KeyLayout;
import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.multipart.UploadId;
import dev.stowage.core.multipart.UploadInfo;
import dev.stowage.core.object.ObjectAttributes;
import dev.stowage.core.port.MultipartStore;
import dev.stowage.core.port.UploadSessions;
import dev.stowage.core.session.UploadSession;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;

/** Begins a multipart upload of a file whose key fits the layout. */
public final class CreateUpload {

    private final MultipartStore store;
    private final UploadSessions sessions;
    private final KeyLayout layout;
    private final InstantSource clock;

    public CreateUpload(MultipartStore store, UploadSessions sessions, KeyLayout layout, InstantSource clock) {
        this.store = store;
        this.sessions = sessions;
        this.layout = layout;
        this.clock = clock;
    }

    /**
     * Begins an upload; it is on record when this returns. Repeating it begins another one. What a crash in between leaves in the
     * store is swept as an orphan.
     *
     * @throws dev.stowage.core.error.InvalidInput when the key does not fit the layout
     */
    public UploadSession create(ObjectKey key, ObjectAttributes attributes) {
        layout.check(key);
        UploadId id = store.create(key, attributes);
        UploadInfo upload = new UploadInfo(key, id, clock.instant().truncatedTo(ChronoUnit.MILLIS));
        UploadSession session = UploadSession.begun(upload, attributes);
        try {
            sessions.add(session);
            return session;
        } catch (StorageException e) {
            undo(key, id, e);
            throw e;
        }
    }

    private void undo(ObjectKey key, UploadId id, StorageException reason) {
        try {
            store.abort(key, id);
        } catch (StorageException e) {
            reason.addSuppressed(e);
        }
    }
}
