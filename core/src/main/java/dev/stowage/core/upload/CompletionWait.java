package dev.stowage.core.upload;

import dev.stowage.core.error.StorageUnavailable;
import dev.stowage.core.multipart.UploadSession;
import dev.stowage.core.multipart.UploadState;
import dev.stowage.core.port.UploadSessions;
import java.time.Duration;

/** Waits for a completion that another thread or process drives. */
final class CompletionWait {

    private static final Duration LOOK = Duration.ofMillis(100);

    private final UploadSessions sessions;
    private final Duration patience;

    CompletionWait(UploadSessions sessions, Duration patience) {
        this.sessions = sessions;
        this.patience = patience;
    }

    /**
     * The session when it is completing no longer, or as it is when the wait is over; what is gone meanwhile stays as it was.
     *
     * @throws StorageUnavailable when the thread is interrupted
     */
    UploadSession await(UploadSession completing) {
        long end = System.nanoTime() + patience.toNanos();
        UploadSession now = look(completing);
        while (now.state() == UploadState.COMPLETING
                && now.version() == completing.version()
                && System.nanoTime() - end < 0) {
            pause();
            now = look(completing);
        }
        return now;
    }

    private UploadSession look(UploadSession session) {
        return sessions.find(session.key(), session.id()).orElse(session);
    }

    private static void pause() {
        try {
            Thread.sleep(LOOK.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StorageUnavailable("The operation was interrupted", e);
        }
    }
}
