package dev.stowage.core.upload;

import dev.stowage.core.access.AccessPolicy;
import dev.stowage.core.access.AuditedAction;
import dev.stowage.core.error.NotFound;
import dev.stowage.core.key.KeyLayout;
import dev.stowage.core.key.KeyPrefix;
import dev.stowage.core.multipart.UploadInfo;
import dev.stowage.core.port.MultipartStore;
import dev.stowage.core.port.Page;
import dev.stowage.core.port.records.UploadSessions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/** Aborts uploads that exist in the store and have no session, so that their parts take up no storage. */
final class AbortOrphanUploads {

    private static final int PAGE = 1000;

    private final MultipartStore store;
    private final UploadSessions sessions;
    private final KeyLayout layout;
    private final AccessPolicy access;
    private final InstantSource clock;
    private final Duration maxAge;

    /** @param maxAge the maximum age of an open upload since its creation */
    AbortOrphanUploads(
            MultipartStore store,
            UploadSessions sessions,
            KeyLayout layout,
            AccessPolicy access,
            InstantSource clock,
            Duration maxAge) {
        this.store = store;
        this.sessions = sessions;
        this.layout = layout;
        this.access = access;
        this.clock = clock;
        this.maxAge = maxAge;
    }

    /** See {@link UploadMaintenance#abortOrphans}. */
    int abortStale(boolean dryRun) {
        Instant limit = clock.instant().minus(maxAge);
        int aborted = 0;
        Optional<String> token = Optional.empty();
        do {
            Page<UploadInfo, String> page = store.listUploads(KeyPrefix.ALL, PAGE, token);
            for (UploadInfo upload : page.items()) {
                boolean stale = upload.initiated().isBefore(limit)
                        && layout.match(upload.key()).isPresent()
                        && !isAlive(upload);
                if (stale && (dryRun || abort(upload))) {
                    aborted++;
                }
            }
            token = page.next();
        } while (token.isPresent());
        return aborted;
    }

    /** Whether the upload has a session. Its client may still resume it; such uploads expire by their last part instead. */
    private boolean isAlive(UploadInfo upload) {
        return sessions.find(upload.key(), upload.id())
                .filter(session -> !session.state().isFinal())
                .isPresent();
    }

    private boolean abort(UploadInfo upload) {
        AuditedAction action = AuditedAction.of("upload.abort", upload.key()).with("upload", upload.id());
        return access.runAsService(action, () -> abortUnaudited(upload));
    }

    private boolean abortUnaudited(UploadInfo upload) {
        try {
            store.abort(upload.key(), upload.id());
            return true;
        } catch (NotFound endedMeanwhile) {
            return false;
        }
    }
}
