package dev.stowage.core.upload;

import dev.stowage.core.access.AccessPolicy;
import dev.stowage.core.access.Action;
import dev.stowage.core.access.Principal;
import dev.stowage.core.error.ErrorCode;
import dev.stowage.core.error.InvalidInput;
import dev.stowage.core.key.KeyPrefix;
import dev.stowage.core.multipart.SessionPage;
import dev.stowage.core.multipart.SessionPosition;
import dev.stowage.core.port.UploadSessions;
import java.util.Map;
import java.util.Optional;

/** Lists the uploads that are open or being completed, a page at a time, from their records. */
public final class ListUploads {

    /** The most uploads of a page. */
    public static final int MAX_UPLOADS = 1000;

    private final UploadSessions sessions;
    private final AccessPolicy access;

    public ListUploads(UploadSessions sessions, AccessPolicy access) {
        this.sessions = sessions;
        this.access = access;
    }

    /**
     * A page of {@code principal}'s own uploads, by the UTF-8 bytes of the keys. Parts that went straight to the store count once the upload's status was asked for.
     *
     * @param token what the page before gave, see {@link SessionPosition#token}
     * @param prefix within what the principal may write, or empty for all that are its own
     * @throws dev.stowage.core.error.AccessDenied when the prefix leads out of that
     * @throws InvalidInput when {@code maxUploads} is outside 1 to 1000, or the token is none of ours
     */
    public SessionPage list(Principal principal, KeyPrefix prefix, int maxUploads, Optional<String> token) {
        if (maxUploads < 1 || maxUploads > MAX_UPLOADS) {
            throw new InvalidInput(
                    ErrorCode.INVALID_REQUEST, "max_uploads is 1 to " + MAX_UPLOADS, Map.of("field", "max_uploads"));
        }
        if (prefix.equals(KeyPrefix.ALL)) {
            access.check(principal, Action.WRITE);
        } else {
            access.check(principal, Action.WRITE, prefix);
        }
        return sessions.list(principal.id(), prefix, maxUploads, token.map(SessionPosition::parse));
    }
}
