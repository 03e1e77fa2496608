package dev.stowage.core.access;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A link to files, for people without credentials.
 *
 * @param id 12 of {@code a-z 2-7}; not secret
 * @param owner the id of the principal who created it; empty if the service requires no authentication
 * @param revokedAt when it was revoked; empty if it was not
 */
public record Link(
        String id,
        Optional<String> owner,
        LinkTarget target,
        Limits limits,
        Instant createdAt,
        Optional<Instant> revokedAt,
        Uses uses) {

    /**
     * The limits of a link.
     *
     * @param expiresAt when it ends; empty for never
     * @param maxUses the number of downloads or uploads after which it ends, at least 1; empty for any number
     * @param maxSize the maximum size of each uploaded file in bytes; empty for that of the service
     * @param guarded whether a password is needed
     */
    public record Limits(Optional<Instant> expiresAt, OptionalLong maxUses, OptionalLong maxSize, boolean guarded) {}

    /**
     * The uses of a link.
     *
     * @param count the number of downloads or uploads
     * @param last when the last one was
     */
    public record Uses(long count, Optional<Instant> last) {

        /** No use yet. */
        public static final Uses NONE = new Uses(0, Optional.empty());
    }

    /** Whether the link can be used at that moment. */
    public boolean isGood(Instant now) {
        return state(now) == LinkState.ACTIVE;
    }

    /** Returns the state of the link at that moment. */
    public LinkState state(Instant now) {
        if (revokedAt.isPresent()) {
            return LinkState.REVOKED;
        }
        if (limits.expiresAt().filter(end -> !now.isBefore(end)).isPresent()) {
            return LinkState.EXPIRED;
        }
        return limits.maxUses().isPresent() && uses.count() >= limits.maxUses().getAsLong()
                ? LinkState.USED_UP
                : LinkState.ACTIVE;
    }
}
