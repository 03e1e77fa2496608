package dev.stowage.core.upload;

import dev.stowage.core.access.AccessPolicy;
import dev.stowage.core.access.AuditedAction;
import dev.stowage.core.access.Principal;
import dev.stowage.core.error.InvalidInput;
import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.multipart.PartInfo;
import dev.stowage.core.multipart.PartNumber;
import dev.stowage.core.multipart.UploadId;
import dev.stowage.core.multipart.UploadSession;
import dev.stowage.core.multipart.UploadState;
import dev.stowage.core.port.MultipartStore;
import dev.stowage.core.port.Page;
import dev.stowage.core.port.records.UploadSessions;
import java.util.Optional;

/** Lists the parts of an upload, one page at a time. */
final class ListParts {

    private final MultipartStore store;
    private final SessionLookup lookup;
    private final AccessPolicy access;
    private final StoredParts storedParts;

    ListParts(MultipartStore store, UploadSessions sessions, AccessPolicy access) {
        this.store = store;
        this.lookup = new SessionLookup(sessions, access.permissions());
        this.access = access;
        this.storedParts = new StoredParts(store, sessions);
    }

    /** See {@link Uploads#listParts}. */
    Page<PartInfo, PartNumber> list(
            Principal principal, ObjectKey key, UploadId upload, int maxParts, Optional<PartNumber> after) {
        if (maxParts < 1 || maxParts > Uploads.MAX_PARTS) {
            throw InvalidInput.ofField("max_parts", "max_parts must be between 1 and " + Uploads.MAX_PARTS);
        }
        return access.observed("upload.list_parts", () -> listPermitted(principal, key, upload, maxParts, after));
    }

    private Page<PartInfo, PartNumber> listPermitted(
            Principal principal, ObjectKey key, UploadId upload, int maxParts, Optional<PartNumber> after) {
        AuditedAction action = AuditedAction.of("upload.read", key).with("upload", upload);
        UploadSession session = access.asked(principal, action, () -> lookup.get(principal, key, upload));
        if (session.state() != UploadState.OPEN && session.state() != UploadState.COMPLETING) {
            throw SessionLookup.ended(session);
        }
        Page<PartInfo, PartNumber> page = store.listParts(key, upload, maxParts, after);
        return new Page<>(storedParts.current(upload, page.items()), page.next());
    }
}
