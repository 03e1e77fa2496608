package dev.stowage.core.upload;

import dev.stowage.core.multipart.PartInfo;
import dev.stowage.core.multipart.PartNumber;
import dev.stowage.core.multipart.PartPage;
import dev.stowage.core.port.MultipartStore;
import dev.stowage.core.port.UploadSessions;
import dev.stowage.core.session.UploadSession;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Learns from the store which parts an upload has: clients may send parts straight to the store, and a crash may come between the
 * store and the record.
 */
final class StoredParts {

    private static final int PAGE = 1000;

    private final MultipartStore store;
    private final UploadSessions sessions;

    StoredParts(MultipartStore store, UploadSessions sessions) {
        this.store = store;
        this.sessions = sessions;
    }

    /**
     * All parts, at most 10000, by number; what is known of the session is brought up to date. Of an upload that goes on at a byte what is
     * known is what counts: only the service sends its parts.
     *
     * @throws dev.stowage.core.error.NotFound when the store has no such upload
     */
    List<PartInfo> reconcile(UploadSession session) {
        if (session.resumption().isPresent()) {
            return sessions.resumable().parts(session.id());
        }
        List<PartInfo> parts = new ArrayList<>();
        Optional<PartNumber> after = Optional.empty();
        do {
            PartPage page = store.listParts(session.key(), session.id(), PAGE, after);
            parts.addAll(page.parts());
            after = page.next();
        } while (after.isPresent());
        sessions.replaceParts(session.id(), parts);
        return parts;
    }
}
