package dev.stowage.core.resumable;

import dev.stowage.core.access.AccessPolicy;
import dev.stowage.core.access.AuditedAction;
import dev.stowage.core.access.Principal;
import dev.stowage.core.port.UploadSessions;
import dev.stowage.core.session.ResumableId;
import dev.stowage.core.session.UploadSession;
import dev.stowage.core.session.UploadState;
import dev.stowage.core.upload.EndUpload;
import java.util.List;

/** Gives up an upload that goes on at a byte. */
public final class ForgetResumable {

    private final Workshop workshop;
    private final UploadSessions sessions;
    private final Resumables resumables;
    private final AccessPolicy access;
    private final FinishUpload finish;
    private final EndUpload end;

    public ForgetResumable(Workshop workshop, AccessPolicy access) {
        this.workshop = workshop;
        this.sessions = workshop.sessions();
        this.resumables = new Resumables(sessions, access.permissions());
        this.access = access;
        this.finish = new FinishUpload(workshop);
        this.end = new EndUpload(workshop.storage().uploads(), sessions, workshop.clock());
    }

    /**
     * Frees what is there of an upload and cuts off a request that is at it; when the store fails half way, the work in the background
     * goes on with it. Of one that is complete the file stays, and only the upload is forgotten.
     *
     * @throws dev.stowage.core.error.NotFound when there is no such upload, or it was given up, or it is another principal's
     */
    public void forget(Principal principal, ResumableId id) {
        AuditedAction action =
                AuditedAction.of("upload.abort").on(resumables.file(id)).with("upload", id);
        boolean unused = access.audited(principal, action, () -> {
            forgetUntold(principal, id);
            return true;
        });
    }

    private void forgetUntold(Principal principal, ResumableId id) {
        resumables.get(principal, id);
        try (Attempts.Attempt attempt = workshop.attempts().begin(id, () -> {}, workshop.events())) {
            UploadSession session = resumables.get(principal, id);
            if (!Resumables.isOpen(session)) {
                forget(finish.ended(session).session());
                return;
            }
            UploadSession aborting =
                    session.to(UploadState.ABORTING, workshop.clock().instant());
            if (!sessions.change(session, aborting)) {
                throw Attempts.takenOver();
            }
            workshop.events().givenUp();
            attempt.check();
            end.end(aborting);
        }
    }

    private void forget(UploadSession completed) {
        if (Resumables.isPiece(completed)) {
            workshop.storage().objects().remove(List.of(completed.key()));
        }
        sessions.remove(completed.id());
    }
}
