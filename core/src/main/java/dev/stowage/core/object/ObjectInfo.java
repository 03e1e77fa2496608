package dev.stowage.core.object;

import dev.stowage.core.key.ObjectKey;
import java.time.Instant;
import java.util.Optional;

/**
 * The properties of an object.
 *
 * @param size in bytes
 * @param lastModified when it was written, with a precision of a second or better
 */
public record ObjectInfo(ObjectKey key, long size, Etag etag, Instant lastModified, ObjectAttributes attributes) {

    /** Returns when the object expires by itself; empty when only rules may let it expire. */
    public Optional<Instant> expiresAt() {
        return attributes.expiry().map(expiry -> expiry.timeFor(lastModified));
    }
}
