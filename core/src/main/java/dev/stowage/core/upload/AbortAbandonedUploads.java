package dev.stowage.core.upload;

import dev.stowage.core.error.FailureBudget;
import dev.stowage.core.error.StorageException;
import dev.stowage.core.multipart.ProcessId;
import dev.stowage.core.multipart.UploadId;
import dev.stowage.core.multipart.UploadIntent;
import dev.stowage.core.multipart.UploadSession;
import dev.stowage.core.multipart.UploadState;
import dev.stowage.core.port.MultipartStore;
import dev.stowage.core.port.records.Leases;
import dev.stowage.core.port.records.UploadSessions;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Aborts what processes that ended left in the store: unfinished transfers of large files, and uploads whose id was never recorded. */
final class AbortAbandonedUploads {

    private static final int PAGE = 100;

    private final UploadSessions sessions;
    private final Leases leases;
    private final InstantSource clock;
    private final StoreAbort storeAbort;
    private final LostUploadFinder unnamed;

    AbortAbandonedUploads(MultipartStore store, UploadSessions sessions, Leases leases, InstantSource clock) {
        this.sessions = sessions;
        this.leases = leases;
        this.clock = clock;
        this.storeAbort = new StoreAbort(store, sessions, clock);
        this.unnamed = new LostUploadFinder(store, sessions);
    }

    /** See {@link UploadMaintenance#abortAbandoned}. */
    int abort() {
        FailureBudget failures = new FailureBudget();
        int aborted = abortSessions(failures) + abortUnnamed(failures);
        failures.rethrow();
        return aborted;
    }

    private int abortSessions(FailureBudget failures) {
        int aborted = 0;
        Optional<UploadId> after = Optional.empty();
        do {
            List<UploadSession> page = sessions.ofProcesses(PAGE, after);
            // Read after the page: the processes that created these entries had renewed their leases before that.
            Set<ProcessId> alive = alive();
            for (UploadSession session : page) {
                try {
                    boolean abandoned =
                            session.origin().process().filter(alive::contains).isEmpty();
                    aborted += abandoned && abort(session) ? 1 : 0;
                } catch (StorageException e) {
                    failures.note(e);
                }
            }
            after = last(page).map(UploadSession::id);
        } while (after.isPresent());
        return aborted;
    }

    private boolean abort(UploadSession session) {
        UploadSession aborting = session.to(UploadState.ABORTING, clock.instant());
        if (!sessions.change(session, aborting)) {
            return false;
        }
        storeAbort.end(aborting);
        return true;
    }

    private int abortUnnamed(FailureBudget failures) {
        int aborted = 0;
        Optional<UploadIntent> after = Optional.empty();
        do {
            List<UploadIntent> page = sessions.intents().list(PAGE, after);
            Set<ProcessId> alive = alive();
            for (UploadIntent intent : page) {
                try {
                    boolean abandoned = intent.process().filter(alive::contains).isEmpty();
                    aborted += abandoned ? unnamed.abort(intent, this::alive) : 0;
                } catch (StorageException e) {
                    failures.note(e);
                }
            }
            after = last(page);
        } while (after.isPresent());
        return aborted;
    }

    private Set<ProcessId> alive() {
        return leases.alive(clock.instant());
    }

    private static <T> Optional<T> last(List<T> page) {
        return page.isEmpty() ? Optional.empty() : Optional.of(page.get(page.size() - 1));
    }
}
