package dev.stowage.core.error;

import java.time.Duration;
import java.util.Map;

/** Too many wrong passwords were sent; no password is compared for some time. */
public final class TooManyAttempts extends StorageException {

    private final Duration wait;

    /** @param wait until passwords are compared again */
    public TooManyAttempts(Duration wait) {
        super(
                ErrorCode.TOO_MANY_REQUESTS,
                "Too many wrong passwords were sent for this link; try again after the time in Retry-After",
                Map.of(),
                null);
        this.wait = wait;
    }

    /** Returns the time until passwords are compared again. */
    public Duration remaining() {
        return wait;
    }
}
