package dev.stowage.core.upload;

import dev.stowage.core.access.AccessPolicy;
import dev.stowage.core.access.AuditedAction;
import dev.stowage.core.error.Conflict;
import dev.stowage.core.error.FailureBudget;
import dev.stowage.core.error.InvalidInput;
import dev.stowage.core.error.NotFound;
import dev.stowage.core.error.NotSupported;
import dev.stowage.core.error.PreconditionFailed;
import dev.stowage.core.error.StorageException;
import dev.stowage.core.multipart.UploadSession;
import dev.stowage.core.multipart.UploadState;
import dev.stowage.core.port.ObjectStore;
import dev.stowage.core.port.Storage;
import dev.stowage.core.port.records.UploadSessions;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** Finishes uploads that a crash or a failure of the store left unfinished. */
final class ResumeUploads {

    private static final int PAGE = 100;

    private final UploadSessions sessions;
    private final AccessPolicy access;
    private final CompletionRecovery recovery;
    private final StoreAbort storeAbort;

    ResumeUploads(Storage storage, UploadSessions sessions, AccessPolicy access, InstantSource clock) {
        ObjectStore objects = storage.objects();
        this.sessions = sessions;
        this.access = access;
        this.recovery = new CompletionRecovery(storage.uploads(), objects, sessions, clock);
        this.storeAbort = new StoreAbort(storage.uploads(), sessions, clock);
    }

    /** See {@link UploadMaintenance#resume}. */
    int resume(Instant before) {
        int resumed = 0;
        FailureBudget failures = new FailureBudget();
        List<UploadSession> page = sessions.unfinished(before, PAGE, Optional.empty());
        while (!page.isEmpty()) {
            for (UploadSession session : page) {
                try {
                    resumed += access.runAsService(action(session), () -> resume(session)) ? 1 : 0;
                } catch (StorageException e) {
                    failures.note(e);
                }
            }
            page = sessions.unfinished(
                    before, PAGE, Optional.of(page.get(page.size() - 1).id()));
        }
        failures.rethrow();
        return resumed;
    }

    private static AuditedAction action(UploadSession session) {
        String operation = switch (session.state()) {
            case COMPLETING -> "upload.complete";
            case EXPIRING -> "upload.expire";
            default -> "upload.abort";
        };
        return AuditedAction.of(operation, session.key()).with("upload", session.id());
    }

    private boolean resume(UploadSession session) {
        if (session.state() != UploadState.COMPLETING) {
            storeAbort.end(session);
            return true;
        }
        try {
            recovery.on(session);
            return true;
        } catch (NotFound | InvalidInput | PreconditionFailed | NotSupported ended) {
            return true;
        } catch (Conflict atWork) {
            return false;
        }
    }
}
