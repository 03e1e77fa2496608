package dev.stowage.core.upload;

import dev.stowage.core.error.NotFound;
import dev.stowage.core.error.StorageUnavailable;
import dev.stowage.core.multipart.UploadSession;
import dev.stowage.core.multipart.UploadState;
import dev.stowage.core.port.MultipartStore;
import dev.stowage.core.port.records.UploadSessions;
import java.time.InstantSource;

/** Deletes what the store holds of an aborted upload. */
final class StoreAbort {

    /** Parts in transfer during an abort may be stored after it; the next abort deletes them. */
    private static final int ATTEMPTS = 5;

    private final MultipartStore store;
    private final UploadSessions sessions;
    private final InstantSource clock;

    StoreAbort(MultipartStore store, UploadSessions sessions, InstantSource clock) {
        this.store = store;
        this.sessions = sessions;
        this.clock = clock;
    }

    /**
     * Repeats the abort until the store lists no parts, and then records the end. Idempotent.
     *
     * @param session aborting or expiring
     */
    void end(UploadSession session) {
        free(session);
        UploadState end = session.state() == UploadState.EXPIRING ? UploadState.EXPIRED : UploadState.ABORTED;
        // If another call has recorded it first, the result is the same.
        boolean unused = sessions.change(session, session.to(end, clock.instant()));
    }

    private void free(UploadSession session) {
        if (session.isSinglePut()) {
            return;
        }
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            try {
                store.abort(session.key(), session.id());
            } catch (NotFound freed) {
                return;
            }
        }
        throw new StorageUnavailable("The store did not free the parts of upload " + session.id(), null);
    }
}
