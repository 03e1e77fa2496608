package dev.stowage.core.upload;

import dev.stowage.core.access.AccessPolicy;
import dev.stowage.core.access.AuditedAction;
import dev.stowage.core.access.Principal;
import dev.stowage.core.error.ErrorCode;
import dev.stowage.core.error.InvalidInput;
import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.multipart.PartNumber;
import dev.stowage.core.multipart.PartPage;
import dev.stowage.core.multipart.UploadId;
import dev.stowage.core.multipart.UploadSession;
import dev.stowage.core.multipart.UploadState;
import dev.stowage.core.port.MultipartStore;
import dev.stowage.core.port.UploadSessions;
import java.util.Map;
import java.util.Optional;

/** Lists the parts that an upload has, a page at a time. */
public final class ListParts {

    /** The most parts of a page. */
    public static final int MAX_PARTS = 1000;

    private final MultipartStore store;
    private final SessionLookup lookup;
    private final AccessPolicy access;
    private final StoredParts storedParts;

    public ListParts(MultipartStore store, UploadSessions sessions, AccessPolicy access) {
        this.store = store;
        this.lookup = new SessionLookup(sessions, access.permissions());
        this.access = access;
        this.storedParts = new StoredParts(store, sessions);
    }

    /**
     * The parts that the store holds, as {@link MultipartStore#listParts} has it, without those that an outdated attempt stored over a newer
     * one: they have to be uploaded again.
     *
     * @throws dev.stowage.core.error.NotFound when there is no such upload, or it has ended
     * @throws InvalidInput when {@code maxParts} is outside 1 to 1000
     */
    public PartPage list(
            Principal principal, ObjectKey key, UploadId upload, int maxParts, Optional<PartNumber> after) {
        if (maxParts < 1 || maxParts > MAX_PARTS) {
            throw new InvalidInput(
                    ErrorCode.INVALID_REQUEST, "max_parts is 1 to " + MAX_PARTS, Map.of("field", "max_parts"));
        }
        AuditedAction action = AuditedAction.of("upload.read", key).with("upload", upload);
        UploadSession session = access.asked(principal, action, () -> lookup.get(principal, key, upload));
        if (session.state() != UploadState.OPEN && session.state() != UploadState.COMPLETING) {
            throw SessionLookup.ended(session);
        }
        PartPage page = store.listParts(key, upload, maxParts, after);
        return new PartPage(storedParts.current(upload, page.parts()), page.next());
    }
}
