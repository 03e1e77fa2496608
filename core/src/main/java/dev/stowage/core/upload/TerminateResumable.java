package dev.stowage.core.upload;

import dev.stowage.core.access.AccessPolicy;
import dev.stowage.core.access.AuditedAction;
import dev.stowage.core.access.Principal;
import dev.stowage.core.multipart.ResumableId;
import dev.stowage.core.multipart.UploadSession;
import dev.stowage.core.multipart.UploadState;
import dev.stowage.core.port.records.UploadSessions;
import java.util.List;

/** Terminates a resumable upload. */
final class TerminateResumable {

    private final ResumableContext context;
    private final UploadSessions sessions;
    private final ResumableLookup lookup;
    private final AccessPolicy access;
    private final FinishUpload finish;
    private final StoreAbort end;

    TerminateResumable(ResumableContext context, AccessPolicy access) {
        this.context = context;
        this.sessions = context.sessions();
        this.lookup = new ResumableLookup(sessions, access.permissions());
        this.access = access;
        this.finish = new FinishUpload(context);
        this.end = new StoreAbort(context.storage().uploads(), sessions, context.clock());
    }

    /** See {@link ResumableUploads#terminate}. */
    void terminate(Principal principal, ResumableId id) {
        AuditedAction action =
                AuditedAction.of("upload.abort").on(lookup.file(id)).with("upload", id);
        boolean unused = access.audited(principal, action, () -> {
            terminateUnaudited(principal, id);
            return true;
        });
    }

    private void terminateUnaudited(Principal principal, ResumableId id) {
        lookup.get(principal, id);
        try (UploadLocker.Attempt attempt = context.locker().begin(id, () -> {}, context.events())) {
            UploadSession session = lookup.get(principal, id);
            if (!ResumableLookup.isOpen(session)) {
                deleteCompleted(finish.ended(session).session());
                return;
            }
            UploadSession aborting =
                    session.to(UploadState.ABORTING, context.clock().instant());
            if (!sessions.change(session, aborting)) {
                throw UploadLocker.takenOver();
            }
            context.locker().announce(id);
            context.events().terminated();
            attempt.check();
            end.end(aborting);
        }
    }

    private void deleteCompleted(UploadSession completed) {
        if (ResumableLookup.isPartial(completed)) {
            context.storage().objects().remove(List.of(completed.key()));
        }
        sessions.remove(completed.id());
    }
}
