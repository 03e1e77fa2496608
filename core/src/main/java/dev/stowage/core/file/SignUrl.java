package dev.stowage.core.file;

import dev.stowage.core.access.AccessPolicy;
import dev.stowage.core.access.AuditedAction;
import dev.stowage.core.access.Principal;
import dev.stowage.core.error.ErrorCode;
import dev.stowage.core.error.InvalidInput;
import dev.stowage.core.error.NotSupported;
import dev.stowage.core.key.KeyLayout;
import dev.stowage.core.port.SignedUrl;
import dev.stowage.core.port.UrlGrant;
import dev.stowage.core.port.UrlSigner;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** Signs URLs that permit one operation without credentials for a limited time. */
final class SignUrl {

    private final Optional<UrlSigner> signer;
    private final KeyLayout layout;
    private final AccessPolicy access;

    SignUrl(Optional<UrlSigner> signer, KeyLayout layout, AccessPolicy access) {
        this.signer = signer;
        this.layout = layout;
        this.access = access;
    }

    /** See {@link Files#sign}. */
    SignedUrl sign(Principal principal, UrlGrant grant, Duration expiresIn, Runnable condition) {
        AuditedAction action = AuditedAction.of("url.sign." + grant.action(), grant.key());
        return access.audited(principal, action, () -> {
            condition.run();
            return signUnaudited(principal, grant, expiresIn);
        });
    }

    private SignedUrl signUnaudited(Principal principal, UrlGrant grant, Duration expiresIn) {
        if (expiresIn.compareTo(Duration.ofSeconds(1)) < 0 || expiresIn.compareTo(Files.MAX_URL_EXPIRY) > 0) {
            throw new InvalidInput(
                    ErrorCode.INVALID_EXPIRY,
                    "expires_in must be between 1 and " + Files.MAX_URL_EXPIRY.toSeconds() + " seconds",
                    Map.of("field", "expires_in"));
        }
        if (!(grant instanceof UrlGrant.Download)) {
            layout.check(grant.key());
        }
        access.permissions().check(principal, grant.action(), grant.key());
        UrlSigner available = signer.orElseThrow(() ->
                new NotSupported("The store does not support presigned URLs; upload and download through the service"));
        return available.sign(grant, expiresIn);
    }
}
