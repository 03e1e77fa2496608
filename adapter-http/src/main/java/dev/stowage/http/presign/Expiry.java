package dev.stowage.http.presign;

import org.jspecify.annotations.Nullable;

/** How long a signed URL works when the request does not say, and what it may say. */
final class Expiry {

    static final String DESCRIPTION = "In seconds: 1 to 86400, default 3600";

    private static final long DEFAULT_SECONDS = 3600;

    private Expiry() {}

    /** In seconds; the bounds are for the use case to check. */
    static long seconds(@Nullable Long expiresIn) {
        return expiresIn == null ? DEFAULT_SECONDS : expiresIn;
    }
}
