package dev.stowage.core.port;

import java.time.Duration;

/** Makes URLs by which a bearer without credentials does one thing for some time. Safe for concurrent use; asks no store. */
public interface UrlSigner {

    /** @param expiresIn from now, 1 second to 1 day */
    SignedUrl sign(UrlGrant grant, Duration expiresIn);
}
