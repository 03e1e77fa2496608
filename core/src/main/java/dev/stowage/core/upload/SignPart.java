package dev.stowage.core.upload;

import dev.stowage.core.access.AccessPolicy;
import dev.stowage.core.access.Principal;
import dev.stowage.core.file.SignUrl;
import dev.stowage.core.port.SignedUrl;
import dev.stowage.core.port.UploadSessions;
import dev.stowage.core.port.UrlGrant;
import java.time.Duration;

/** Gives out URLs by which a bearer without credentials sends one part, to the store itself where it can. */
public final class SignPart {

    private final SignUrl signUrl;
    private final SessionLookup lookup;

    public SignPart(SignUrl signUrl, UploadSessions sessions, AccessPolicy access) {
        this.signUrl = signUrl;
        this.lookup = new SessionLookup(sessions, access.permissions());
    }

    /**
     * As {@link SignUrl#sign} has it; completing the upload learns of the part from the store.
     *
     * @throws dev.stowage.core.error.NotFound when there is no such upload, or it has ended
     * @throws dev.stowage.core.error.Conflict when it is being completed
     */
    public SignedUrl sign(Principal principal, UrlGrant.UploadPart grant, Duration expiresIn) {
        return signUrl.sign(principal, grant, expiresIn, () -> lookup.open(principal, grant.key(), grant.upload()));
    }
}
