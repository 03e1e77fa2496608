package dev.stowage.core.upload;

import dev.stowage.core.access.AccessPolicy;
import dev.stowage.core.access.AuditedAction;
import dev.stowage.core.multipart.UploadSession;
import dev.stowage.core.port.ObjectStore;
import dev.stowage.core.port.UploadSessions;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

/** Frees complete pieces that have stood about for as long as an upload may that nobody goes on with. */
final class ExpirePartialUploads {

    private static final int PAGE = 100;

    private final ObjectStore store;
    private final UploadSessions sessions;
    private final AccessPolicy access;
    private final InstantSource clock;
    private final Duration ttl;

    /** @param ttl how long a piece is kept after its last byte */
    ExpirePartialUploads(
            ObjectStore store, UploadSessions sessions, AccessPolicy access, InstantSource clock, Duration ttl) {
        this.store = store;
        this.sessions = sessions;
        this.access = access;
        this.clock = clock;
        this.ttl = ttl;
    }

    /** See {@link UploadMaintenance#expirePartials}. */
    int expire() {
        int freed = 0;
        List<UploadSession> page = page();
        while (!page.isEmpty()) {
            for (UploadSession piece : page) {
                freed += access.unasked(action(piece), () -> free(piece)) ? 1 : 0;
            }
            page = page();
        }
        return freed;
    }

    private static AuditedAction action(UploadSession piece) {
        return AuditedAction.of("upload.expire")
                .with("upload", piece.resumption().orElseThrow().id());
    }

    private boolean free(UploadSession piece) {
        store.remove(List.of(piece.key()));
        sessions.remove(piece.id());
        return true;
    }

    private List<UploadSession> page() {
        return sessions.resumable().partials(clock.instant().minus(ttl), PAGE);
    }
}
