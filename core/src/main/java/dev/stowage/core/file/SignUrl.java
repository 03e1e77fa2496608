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

/** Gives out URLs by which a bearer without credentials does one thing for some time. */
public final class SignUrl {

    /** The longest that a URL may work. */
    public static final Duration MAX_EXPIRY = Duration.ofDays(1);

    private final Optional<UrlSigner> signer;
    private final KeyLayout layout;
    private final AccessPolicy access;

    public SignUrl(Optional<UrlSigner> signer, KeyLayout layout, AccessPolicy access) {
        this.signer = signer;
        this.layout = layout;
        this.access = access;
    }

    /**
     * Signs a URL; what it leads to need not exist yet.
     *
     * @param expiresIn 1 second to {@link #MAX_EXPIRY}
     * @throws InvalidInput when the time is out of bounds, or a key that is to be written does not fit the layout
     * @throws dev.stowage.core.error.AccessDenied when {@code principal} has no right to do it without the URL
     * @throws NotSupported when the store has no signed URLs
     */
    public SignedUrl sign(Principal principal, UrlGrant grant, Duration expiresIn) {
        return sign(principal, grant, expiresIn, () -> {});
    }

    /**
     * As the other, where more than the right has to hold.
     *
     * @param condition fails when it does not; asked first
     */
    public SignedUrl sign(Principal principal, UrlGrant grant, Duration expiresIn, Runnable condition) {
        AuditedAction action = AuditedAction.of("url.sign." + grant.action(), grant.key());
        return access.audited(principal, action, () -> {
            condition.run();
            return signUntold(principal, grant, expiresIn);
        });
    }

    private SignedUrl signUntold(Principal principal, UrlGrant grant, Duration expiresIn) {
        if (expiresIn.compareTo(Duration.ofSeconds(1)) < 0 || expiresIn.compareTo(MAX_EXPIRY) > 0) {
            throw new InvalidInput(
                    ErrorCode.INVALID_EXPIRY,
                    "expires_in is 1 to " + MAX_EXPIRY.toSeconds() + " seconds",
                    Map.of("field", "expires_in"));
        }
        if (!(grant instanceof UrlGrant.Download)) {
            layout.check(grant.key());
        }
        access.permissions().check(principal, grant.action(), grant.key());
        UrlSigner available = signer.orElseThrow(() -> new NotSupported(
                "The store in use has no presigned URLs; upload and download through the service instead"));
        return available.sign(grant, expiresIn);
    }
}
