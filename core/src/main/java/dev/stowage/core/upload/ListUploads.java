package dev.stowage.core.upload;

import dev.stowage.core.access.AccessPolicy;
import dev.stowage.core.access.Action;
import dev.stowage.core.access.Principal;
import dev.stowage.core.error.InvalidInput;
import dev.stowage.core.key.KeyPrefix;
import dev.stowage.core.multipart.SessionPosition;
import dev.stowage.core.multipart.UploadProgress;
import dev.stowage.core.port.Page;
import dev.stowage.core.port.records.UploadSessions;
import java.util.Optional;

/** Lists the open and completing uploads from their records, one page at a time. */
final class ListUploads {

    private final UploadSessions sessions;
    private final AccessPolicy access;

    ListUploads(UploadSessions sessions, AccessPolicy access) {
        this.sessions = sessions;
        this.access = access;
    }

    /** See {@link Uploads#list}. */
    Page<UploadProgress, SessionPosition> list(
            Principal principal, KeyPrefix prefix, int maxUploads, Optional<String> token) {
        if (maxUploads < 1 || maxUploads > Uploads.MAX_UPLOADS) {
            throw InvalidInput.ofField("max_uploads", "max_uploads must be between 1 and " + Uploads.MAX_UPLOADS);
        }
        return access.observed("upload.list", () -> {
            if (prefix.equals(KeyPrefix.ALL)) {
                access.check(principal, Action.WRITE);
            } else {
                access.check(principal, Action.WRITE, prefix);
            }
            return sessions.list(principal.id(), prefix, maxUploads, token.map(SessionPosition::parse));
        });
    }
}
