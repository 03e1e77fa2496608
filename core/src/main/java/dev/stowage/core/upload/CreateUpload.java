package dev.stowage.core.upload;

import dev.stowage.core.access.AccessPolicy;
import dev.stowage.core.access.Action;
import dev.stowage.core.access.Principal;
import dev.stowage.core.error.StorageException;
import dev.stowage.core.error.StorageUnavailable;
import dev.stowage.core.key.KeyLayout;
import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.multipart.UploadId;
import dev.stowage.core.object.ObjectAttributes;
import dev.stowage.core.port.MultipartStore;
import dev.stowage.core.port.UploadSessions;
import dev.stowage.core.session.Origin;
import dev.stowage.core.session.UploadSession;
import java.time.InstantSource;
import java.util.Map;

/** Begins a multipart upload of a file whose key fits the layout. */
public final class CreateUpload {

    private final MultipartStore store;
    private final UploadSessions sessions;
    private final KeyLayout layout;
    private final AccessPolicy access;
    private final InstantSource clock;

    public CreateUpload(
            MultipartStore store, UploadSessions sessions, KeyLayout layout, AccessPolicy access, InstantSource clock) {
        this.store = store;
        this.sessions = sessions;
        this.layout = layout;
        this.access = access;
        this.clock = clock;
    }

    /**
     * Begins an upload; it is on record when this returns. Repeating it begins another one. What a crash in between leaves in the
     * store is found by the intent, which is on record before, and freed.
     *
     * @param principal whose it is from then on
     * @throws dev.stowage.core.error.InvalidInput when the key does not fit the layout
     * @throws dev.stowage.core.error.AccessDenied when {@code principal} has no right to write the key
     */
    public UploadSession create(Principal principal, ObjectKey key, ObjectAttributes attributes) {
        layout.check(key);
        access.check(principal, Action.WRITE, key);
        return access.audited(principal, "upload.create", key, () -> begin(principal, key, attributes));
    }

    private UploadSession begin(Principal principal, ObjectKey key, ObjectAttributes attributes) {
        Origin origin = Origin.client(principal.id(), layout.match(key).orElse(Map.of()));
        RecordedUpload upload = new RecordedUpload(sessions, clock, key, origin, attributes);
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
            // Whether it began all the same is not known when the answer is lost.
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
