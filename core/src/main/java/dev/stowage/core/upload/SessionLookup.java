package dev.stowage.core.upload;

import dev.stowage.core.access.Action;
import dev.stowage.core.access.Permissions;
import dev.stowage.core.access.Principal;
import dev.stowage.core.error.Conflict;
import dev.stowage.core.error.NotFound;
import dev.stowage.core.error.StorageException;
import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.multipart.UploadId;
import dev.stowage.core.multipart.UploadSession;
import dev.stowage.core.multipart.UploadState;
import dev.stowage.core.port.records.UploadSessions;

/** Finds sessions, and reports why one does not suit the caller. */
final class SessionLookup {

    private final UploadSessions sessions;
    private final Permissions access;

    /** @param access checks permissions without writing to the audit log, which the callers do */
    SessionLookup(UploadSessions sessions, Permissions access) {
        this.sessions = sessions;
        this.access = access;
    }

    /**
     * Returns a session.
     *
     * @throws NotFound when no client has created such an upload, or it is another principal's
     * @throws dev.stowage.core.error.AccessDenied when {@code principal} has no right, or no longer any, to write that key
     */
    UploadSession get(Principal principal, ObjectKey key, UploadId id) {
        UploadSession session = sessions.find(key, id)
                .filter(UploadSession::isClients)
                .filter(found -> principal.owns(found.origin().owner()))
                .orElseThrow(() -> NotFound.upload(key.value(), id.value()));
        access.check(principal, Action.WRITE, key);
        return session;
    }

    /**
     * Returns a session whose parts are uploaded by the client.
     *
     * @throws NotFound when there is none, or it is another principal's
     * @throws dev.stowage.core.error.AccessDenied when {@code principal} has no right, or no longer any, to write that key
     * @throws Conflict when the upload is resumable
     */
    UploadSession inParts(Principal principal, ObjectKey key, UploadId id) {
        UploadSession session = get(principal, key, id);
        if (session.resumption().isPresent()) {
            throw new Conflict(
                    "The upload " + id + " is a resumable upload; send its bytes to the URL that creating it returned");
        }
        return session;
    }

    /**
     * Returns a session that accepts parts.
     *
     * @throws NotFound when there is none, it has ended, or it is another principal's
     * @throws dev.stowage.core.error.AccessDenied when {@code principal} has no right, or no longer any, to write that key
     * @throws Conflict when it is being completed, or is resumable
     */
    UploadSession open(Principal principal, ObjectKey key, UploadId id) {
        UploadSession session = inParts(principal, key, id);
        if (session.state() != UploadState.OPEN) {
            throw refusal(session);
        }
        return session;
    }

    /** Returns the reason why a session accepts no parts. */
    static StorageException refusal(UploadSession session) {
        return session.state() == UploadState.COMPLETING ? beingCompleted(session) : ended(session);
    }

    static NotFound ended(UploadSession session) {
        return NotFound.endedUpload(
                session.key().value(), session.id().value(), session.state().label());
    }

    static Conflict beingCompleted(UploadSession session) {
        return new Conflict("The upload " + session.id() + " is being completed; fetch its status");
    }
}
