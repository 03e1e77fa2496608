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
    public boolean isUsable(Instant now) {
        return state(now) == State.ACTIVE;
    }

    /** Returns the state of the link at that moment. */
    public State state(Instant now) {
        if (revokedAt.isPresent()) {
            return State.REVOKED;
        }
        if (limits.expiresAt().filter(end -> !now.isBefore(end)).isPresent()) {
            return State.EXPIRED;
        }
        return limits.maxUses().isPresent() && uses.count() >= limits.maxUses().getAsLong()
                ? State.USED_UP
                : State.ACTIVE;
    }

    /** Whether a link can be used. */
    public enum State {
        /** It can. */
        ACTIVE("active"),
        /** Its lifetime has ended. */
        EXPIRED("expired"),
        /** It was used as often as it permits. */
        USED_UP("used_up"),
        /** It was revoked. */
        REVOKED("revoked");

        private final String id;

        State(String id) {
            this.id = id;
        }

        /** Returns the name in APIs, such as {@code active}. */
        public String id() {
            return id;
        }
    }
}
