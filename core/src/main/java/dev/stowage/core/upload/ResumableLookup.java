package dev.stowage.core.upload;

import dev.stowage.core.access.Action;
import dev.stowage.core.access.Permissions;
import dev.stowage.core.access.Principal;
import dev.stowage.core.error.NotFound;
import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.multipart.ResumableId;
import dev.stowage.core.multipart.UploadSession;
import dev.stowage.core.multipart.UploadState;
import dev.stowage.core.port.UploadSessions;
import java.util.Optional;

/** Finds uploads that go on at a byte, for whom they belong to. */
final class ResumableLookup {

    private final UploadSessions sessions;
    private final Permissions access;

    /** @param access is asked without telling anybody: callers do */
    ResumableLookup(UploadSessions sessions, Permissions access) {
        this.sessions = sessions;
        this.access = access;
    }

    /**
     * An upload that is open, being completed, or completed.
     *
     * @throws NotFound when there is none, or it was given up, or it is another principal's
     * @throws dev.stowage.core.error.AccessDenied when {@code principal} has no right, or none any more, to write that key
     */
    UploadSession get(Principal principal, ResumableId id) {
        UploadSession session = sessions.resumable()
                .find(id)
                .filter(found -> principal.owns(found.origin().owner()))
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

    /** The file that an upload makes, whoever it belongs to; empty when it makes none, or there is no such upload. */
    Optional<ObjectKey> file(ResumableId id) {
        return sessions.resumable()
                .find(id)
                .filter(session -> !isPartial(session))
                .map(UploadSession::key);
    }

    /** Whether it makes no file of its own. */
    static boolean isPartial(UploadSession session) {
        return session.resumption().orElseThrow().partial();
    }

    static boolean isOpen(UploadSession session) {
        return session.state() == UploadState.OPEN;
    }
}
