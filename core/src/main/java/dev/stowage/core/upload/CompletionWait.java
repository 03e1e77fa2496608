package dev.stowage.core.upload;

import dev.stowage.core.error.StorageUnavailable;
import dev.stowage.core.multipart.UploadSession;
import dev.stowage.core.multipart.UploadState;
import dev.stowage.core.port.records.UploadSessions;
import java.time.Duration;

/** Waits for a completion that another thread or process runs. */
final class CompletionWait {

    private static final Duration POLL_INTERVAL = Duration.ofMillis(100);

    private final UploadSessions sessions;
    private final Duration maxWait;

    CompletionWait(UploadSessions sessions, Duration maxWait) {
        this.sessions = sessions;
        this.maxWait = maxWait;
    }

    /**
     * Returns the session once it is no longer completing, or as it is at the end of the wait. A session that was deleted meanwhile is
     * returned as it was.
     *
     * @throws StorageUnavailable when the thread is interrupted
     */
    UploadSession await(UploadSession completing) {
        long end = System.nanoTime() + maxWait.toNanos();
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
            Thread.sleep(POLL_INTERVAL.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StorageUnavailable("The operation was interrupted", e);
        }
    }
}
