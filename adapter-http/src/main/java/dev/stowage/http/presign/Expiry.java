package dev.stowage.http.presign;

import org.jspecify.annotations.Nullable;

/** The lifetime of a signed URL in a request, and its default. */
final class Expiry {

    static final String DESCRIPTION = "In seconds: 1 to 86400, default 3600";

    private static final long DEFAULT_SECONDS = 3600;

    private Expiry() {}

    /** Returns the lifetime in seconds; the core checks the bounds. */
    static long seconds(@Nullable Long expiresIn) {
        return expiresIn == null ? DEFAULT_SECONDS : expiresIn;
    }
}
