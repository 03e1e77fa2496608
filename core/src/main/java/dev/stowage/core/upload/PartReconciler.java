package dev.stowage.core.upload;

import dev.stowage.core.error.NotFound;
import dev.stowage.core.error.StorageRejected;
import dev.stowage.core.error.StorageUnavailable;
import dev.stowage.core.multipart.FencingToken;
import dev.stowage.core.multipart.PartInfo;
import dev.stowage.core.multipart.PartNumber;
import dev.stowage.core.multipart.UploadOffset;
import dev.stowage.core.multipart.UploadSession;
import dev.stowage.core.port.records.ResumableSessions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Compares the recorded parts with those that the store lists. They differ when a part of an abandoned attempt reaches the store late: its
 * bytes need not be the acknowledged ones. A part's ETag is compared with the one that the same store returned for the part.
 */
final class PartReconciler {

    private final ResumableContext context;
    private final ResumableSessions uploads;

    PartReconciler(ResumableContext context) {
        this.context = context;
        this.uploads = context.sessions().resumable();
    }

    /** Like {@link #check}, but returns the recorded offset when the store can't list the parts at the moment. */
    UploadOffset look(UploadSession session, FencingToken token) {
        try {
            return check(session, token);
        } catch (StorageUnavailable | StorageRejected checkedLater) {
            return uploads.offset(session.id());
        } catch (NotFound gone) {
            if (uploads.isCurrent(token)) {
                throw gone;
            }
            // Another process has completed or aborted it.
            return uploads.offset(session.id());
        }
    }

    /**
     * Returns the offset up to which the store has the acknowledged bytes. Rewinds the record to it.
     *
     * @throws dev.stowage.core.error.NotFound when the store has no such upload
     * @throws dev.stowage.core.error.Conflict when a newer request has taken over
     */
    UploadOffset check(UploadSession session, FencingToken token) {
        List<PartInfo> known = uploads.parts(session.id());
        if (known.isEmpty()) {
            return uploads.offset(session.id());
        }
        Map<PartNumber, PartInfo> listed = new HashMap<>();
        ListedParts.of(context.storage().uploads(), session.key(), session.id())
                .forEach(part -> listed.put(part.number(), part));
        for (PartInfo part : known) {
            if (!isSame(part, listed.get(part.number()))) {
                AppendChecks.accepted(
                        uploads.rewind(token, part.number(), context.clock().instant()));
                break;
            }
        }
        return uploads.offset(session.id());
    }

    private static boolean isSame(PartInfo known, @Nullable PartInfo listed) {
        return listed != null && listed.size() == known.size() && listed.etag().equals(known.etag());
    }
}
