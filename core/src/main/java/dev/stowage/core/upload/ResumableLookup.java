package dev.stowage.core.upload;

import dev.stowage.core.access.Action;
import dev.stowage.core.access.Permissions;
import dev.stowage.core.access.Principal;
import dev.stowage.core.error.NotFound;
import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.multipart.ResumableId;
import dev.stowage.core.multipart.UploadSession;
import dev.stowage.core.multipart.UploadState;
import dev.stowage.core.port.records.ResumableSessions;
import dev.stowage.core.port.records.UploadSessions;
import java.util.Optional;

/** Finds resumable uploads for their owners. */
final class ResumableLookup {

    private final UploadSessions sessions;
    private final Permissions access;

    /** @param access checks permissions without writing to the audit log, which the callers do */
    ResumableLookup(UploadSessions sessions, Permissions access) {
        this.sessions = sessions;
        this.access = access;
    }

    /**
     * Returns an upload that is open, completing or completed.
     *
     * @throws NotFound when there is none, it was aborted, or it is another principal's
     * @throws dev.stowage.core.error.AccessDenied when {@code principal} has no right, or no longer any, to write that key
     */
    UploadSession get(Principal principal, ResumableId id) {
        return check(principal, id, sessions.resumable().find(id));
    }

    /** Like {@link #get}, with the upload's newest token. */
    ResumableSessions.CurrentUpload current(Principal principal, ResumableId id) {
        return checked(principal, id, find(id));
    }

    /** Like {@link #current}, for an upload that was read before. */
    ResumableSessions.CurrentUpload checked(
            Principal principal, ResumableId id, Optional<ResumableSessions.CurrentUpload> found) {
        UploadSession unused = check(principal, id, found.map(ResumableSessions.CurrentUpload::session));
        return found.orElseThrow();
    }

    /** Returns an upload of any owner, in any state. */
    Optional<ResumableSessions.CurrentUpload> find(ResumableId id) {
        return sessions.resumable().current(id);
    }

    private UploadSession check(Principal principal, ResumableId id, Optional<UploadSession> found) {
        UploadSession session = found.filter(one -> principal.owns(one.origin().owner()))
                .orElseThrow(() -> NotFound.resumable(id.value()));
        if (isPartial(session)) {
            access.check(principal, Action.WRITE);
        } else {
            access.check(principal, Action.WRITE, session.key());
        }
        return switch (session.state()) {
            case OPEN, COMPLETING, COMPLETED -> session;
            case ABORTING, ABORTED, EXPIRING, EXPIRED -> throw NotFound.resumable(id.value());
        };
    }

    /** Returns the file of an upload of any owner. Empty for a partial upload, and when there is no such upload. */
    Optional<ObjectKey> file(ResumableId id) {
        return file(sessions.resumable().find(id));
    }

    /** Like {@link #file(ResumableId)}, for an upload that was read before. */
    static Optional<ObjectKey> file(Optional<UploadSession> found) {
        return found.filter(session -> !isPartial(session)).map(UploadSession::key);
    }

    /** Whether it is a partial upload. */
    static boolean isPartial(UploadSession session) {
        return session.resumption().orElseThrow().partial();
    }

    static boolean isOpen(UploadSession session) {
        return session.state() == UploadState.OPEN;
    }
}
