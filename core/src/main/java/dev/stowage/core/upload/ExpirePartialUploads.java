package dev.stowage.core.upload;

import dev.stowage.core.access.AccessPolicy;
import dev.stowage.core.access.AuditedAction;
import dev.stowage.core.multipart.UploadSession;
import dev.stowage.core.port.ObjectStore;
import dev.stowage.core.port.records.UploadSessions;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

/** Deletes completed partial uploads after the time that idle uploads are kept. */
final class ExpirePartialUploads {

    private static final int PAGE = 100;

    private final ObjectStore store;
    private final UploadSessions sessions;
    private final AccessPolicy access;
    private final InstantSource clock;
    private final Duration ttl;

    /** @param ttl how long a partial upload is kept after its last byte */
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
            for (UploadSession partial : page) {
                freed += access.runAsService(action(partial), () -> free(partial)) ? 1 : 0;
            }
            page = page();
        }
        return freed;
    }

    private static AuditedAction action(UploadSession partial) {
        return AuditedAction.of("upload.expire")
                .with("upload", partial.resumption().orElseThrow().id());
    }

    private boolean free(UploadSession partial) {
        store.remove(List.of(partial.key()));
        sessions.remove(partial.id());
        return true;
    }

    private List<UploadSession> page() {
        return sessions.resumable().partials(clock.instant().minus(ttl), PAGE);
    }
}
