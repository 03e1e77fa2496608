package dev.stowage.core.port;

import java.time.Duration;

/** Signs URLs that permit one operation without credentials for a limited time. Safe for concurrent use; sends no request to the store. */
public interface UrlSigner {

    /** @param expiresIn the lifetime, 1 second to 1 day */
    SignedUrl sign(UrlGrant grant, Duration expiresIn);
}
