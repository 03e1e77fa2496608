package dev.stowage.core.upload;

import dev.stowage.core.error.Conflict;
import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.multipart.UploadId;
import dev.stowage.core.port.MultipartStore;
import dev.stowage.core.port.UploadSessions;
import dev.stowage.core.session.UploadSession;
import dev.stowage.core.session.UploadState;
import java.time.InstantSource;

/** Gives a multipart upload up and frees its parts. */
public final class AbortUpload {

    private final UploadSessions sessions;
    private final SessionLookup lookup;
    private final EndUpload endUpload;
    private final InstantSource clock;

    public AbortUpload(MultipartStore store, UploadSessions sessions, InstantSource clock) {
        this.sessions = sessions;
        this.lookup = new SessionLookup(sessions);
        this.endUpload = new EndUpload(store, sessions, clock);
        this.clock = clock;
    }

    /**
     * Aborts an upload. When the store fails half way, a repetition or the work in the background goes on with it.
     *
     * @throws dev.stowage.core.error.NotFound when there is no such upload, or it has ended
     * @throws Conflict when it is being completed, or somebody changes it at this moment
     */
    public void abort(ObjectKey key, UploadId upload) {
        UploadSession session = lookup.get(key, upload);
        if (session.state() == UploadState.ABORTING) {
            endUpload.end(session);
            return;
        }
        if (session.state() != UploadState.OPEN) {
            throw SessionLookup.refusal(session);
        }
        UploadSession aborting = session.to(UploadState.ABORTING, clock.instant());
        if (!sessions.change(session, aborting)) {
            throw SessionLookup.refusal(lookup.get(key, upload));
        }
        endUpload.end(aborting);
    }
}
