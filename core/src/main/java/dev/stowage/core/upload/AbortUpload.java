package dev.stowage.core.upload;

import dev.stowage.core.access.AccessPolicy;
import dev.stowage.core.access.AuditedAction;
import dev.stowage.core.access.Principal;
import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.multipart.UploadId;
import dev.stowage.core.multipart.UploadSession;
import dev.stowage.core.multipart.UploadState;
import dev.stowage.core.port.MultipartStore;
import dev.stowage.core.port.records.UploadSessions;
import java.time.InstantSource;

/** Aborts a multipart upload and deletes its parts. */
final class AbortUpload {

    private final UploadSessions sessions;
    private final SessionLookup lookup;
    private final StoreAbort storeAbort;
    private final AccessPolicy access;
    private final InstantSource clock;

    AbortUpload(MultipartStore store, UploadSessions sessions, AccessPolicy access, InstantSource clock) {
        this.sessions = sessions;
        this.lookup = new SessionLookup(sessions, access.permissions());
        this.storeAbort = new StoreAbort(store, sessions, clock);
        this.access = access;
        this.clock = clock;
    }

    /** See {@link Uploads#abort}. */
    void abort(Principal principal, ObjectKey key, UploadId upload) {
        AuditedAction action = AuditedAction.of("upload.abort", key).with("upload", upload);
        boolean unused = access.audited(principal, action, () -> abort(principal, lookup.get(principal, key, upload)));
    }

    private boolean abort(Principal principal, UploadSession session) {
        if (session.state() == UploadState.ABORTING) {
            storeAbort.end(session);
            return true;
        }
        if (session.state() != UploadState.OPEN) {
            throw SessionLookup.refusal(session);
        }
        UploadSession aborting = session.to(UploadState.ABORTING, clock.instant());
        if (!sessions.change(session, aborting)) {
            throw SessionLookup.refusal(lookup.get(principal, session.key(), session.id()));
        }
        storeAbort.end(aborting);
        return true;
    }
}
