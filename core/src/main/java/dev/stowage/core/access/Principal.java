package dev.stowage.core.access;

import dev.stowage.core.key.ObjectKey;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * The originator of a request.
 *
 * @param id permanent and unique, such as {@code key:4f7a…}; the owner of what the principal creates. Empty for an anonymous principal
 * @param name for people; chosen by others, and may contain anything
 * @param expiresAt when the credential expires; empty for never, and where that is unknown
 */
public record Principal(Optional<String> id, String name, Rights rights, Optional<Instant> expiresAt) {

    /** Any client of a service without authentication. */
    public static final Principal ANYONE = new Principal(Optional.empty(), "anyone", Rights.ALL, Optional.empty());

    /** The service itself, for its background work; it needs no rights. */
    public static final Principal SERVICE = of("service", "Stowage", Rights.NONE);

    /** Creates a principal with an id, whose credential does not expire. */
    public static Principal of(String id, String name, Rights rights) {
        return new Principal(Optional.of(id), name, rights, Optional.empty());
    }

    /** Returns the same principal with a credential that expires then; empty for never. */
    public Principal until(Optional<Instant> expiry) {
        return new Principal(id, name, rights, expiry);
    }

    /** Returns the bearer of a signed URL, which permits one action on one key. */
    public static Principal bearer(Action action, ObjectKey key) {
        Rights one = new Rights(Set.of(new Scope.Only(key)), Set.of(action));
        return new Principal(Optional.empty(), "signed URL", one, Optional.empty());
    }

    /**
     * Whether this principal may access something that {@code owner} created. An anonymous principal is only checked for its rights: either
     * there is no authentication, or the owner has signed the URL.
     */
    public boolean owns(Optional<String> owner) {
        return id.isEmpty() || id.equals(owner);
    }
}
