package dev.stowage.core.upload;

import dev.stowage.core.access.AccessPolicy;
import dev.stowage.core.access.AuditedAction;
import dev.stowage.core.access.Principal;
import dev.stowage.core.error.NotFound;
import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.multipart.UploadId;
import dev.stowage.core.multipart.UploadProgress;
import dev.stowage.core.multipart.UploadSession;
import dev.stowage.core.multipart.UploadState;
import dev.stowage.core.port.MultipartStore;
import dev.stowage.core.port.records.UploadSessions;

/** Reports the progress of an upload. */
final class GetUpload {

    private final UploadSessions sessions;
    private final SessionLookup lookup;
    private final StoredParts storedParts;
    private final AccessPolicy access;

    GetUpload(MultipartStore store, UploadSessions sessions, AccessPolicy access) {
        this.sessions = sessions;
        this.lookup = new SessionLookup(sessions, access.permissions());
        this.storedParts = new StoredParts(store, sessions);
        this.access = access;
    }

    /** See {@link Uploads#get}. */
    UploadProgress get(Principal principal, ObjectKey key, UploadId upload) {
        AuditedAction action = AuditedAction.of("upload.read", key).with("upload", upload);
        return access.observed(
                action.operation(), () -> access.asked(principal, action, () -> find(principal, key, upload)));
    }

    private UploadProgress find(Principal principal, ObjectKey key, UploadId upload) {
        UploadSession session = lookup.get(principal, key, upload);
        if (session.state() == UploadState.OPEN) {
            try {
                storedParts.reconcile(session);
            } catch (NotFound e) {
                // The upload has ended since it was read, or else the store has lost it.
                if (lookup.get(principal, key, upload).state() == UploadState.OPEN) {
                    throw e;
                }
            }
        }
        return sessions.progress(lookup.get(principal, key, upload));
    }
}
