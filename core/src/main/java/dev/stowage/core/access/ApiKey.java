package dev.stowage.core.access;

import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * An API key without its secret.
 *
 * @param id 12 of {@code a-z 0-9}; not secret
 * @param name for people, 1 to 64 characters without control characters
 * @param expiresAt when it expires; empty for never
 * @param revokedAt when it was revoked; empty if it was not
 * @param usedAt its last use, to the minute; empty if it was never used
 * @param s3 whether it has an S3 key pair
 */
public record ApiKey(
        String id,
        String name,
        Rights rights,
        Instant createdAt,
        Optional<Instant> expiresAt,
        Optional<Instant> revokedAt,
        Optional<Instant> usedAt,
        boolean s3) {

    /** The prefix of the principal ids of API keys. */
    public static final String PRINCIPAL = "key:";

    private static final Pattern ID = Pattern.compile("[a-z0-9]{12}");
    private static final Pattern NAME = Pattern.compile("\\P{Cntrl}{1,64}");

    /** @throws IllegalArgumentException when the id or the name is not valid */
    public ApiKey {
        if (!isId(id)) {
            throw new IllegalArgumentException("a key's id must be 12 characters of a-z and 0-9");
        }
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("a key's name must have 1 to 64 characters and no control characters");
        }
    }

    /** Whether the text is a valid id of a key. */
    public static boolean isId(String text) {
        return ID.matcher(text).matches();
    }

    /** Whether the key is valid at that moment. */
    public boolean isUsable(Instant now) {
        return revokedAt.isEmpty() && expiresAt.map(now::isBefore).orElse(true);
    }

    /** Returns the state of the key at that moment. */
    public State state(Instant now) {
        if (revokedAt.isPresent()) {
            return State.REVOKED;
        }
        return isUsable(now) ? State.ACTIVE : State.EXPIRED;
    }

    /** Returns the bearer of the key. */
    public Principal principal() {
        return Principal.of(PRINCIPAL + id, name, rights).until(expiresAt);
    }

    /** Returns the revoked key. A key that is already revoked keeps its time of revocation. */
    ApiKey revoked(Instant now) {
        return new ApiKey(id, name, rights, createdAt, expiresAt, Optional.of(revokedAt.orElse(now)), usedAt, s3);
    }

    /** Whether an API key can be used. */
    public enum State {
        /** It is valid. */
        ACTIVE("active"),
        /** Its lifetime has ended. */
        EXPIRED("expired"),
        /** It was revoked, whether or not it has expired. */
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
