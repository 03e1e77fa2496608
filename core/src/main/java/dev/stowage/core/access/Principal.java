package dev.stowage.core.access;

import dev.stowage.core.key.ObjectKey;
import java.util.Optional;
import java.util.Set;

/**
 * Somebody who asks for something.
 *
 * @param id who it is, for as long as the service lives, such as {@code key:4f7a…}; what they begin belongs to it. Empty for nobody in
 *     particular
 * @param name for people; chosen by others, so it may say anything
 */
public record Principal(Optional<String> id, String name, Rights rights) {

    /** Whoever calls a service that asks nobody who they are. */
    public static final Principal ANYONE = new Principal(Optional.empty(), "anyone", Rights.ALL);

    /** The service itself, for what it does in the background without being asked; it needs no rights. */
    public static final Principal SERVICE = of("service", "Stowage", Rights.NONE);

    /** Somebody with an id. */
    public static Principal of(String id, String name, Rights rights) {
        return new Principal(Optional.of(id), name, rights);
    }

    /** Whoever brings a signed URL, which was given out by somebody who had the right, for one thing with one key. */
    public static Principal bearer(Action action, ObjectKey key) {
        Rights one = new Rights(Set.of(new Scope.Only(key)), Set.of(action));
        return new Principal(Optional.empty(), "signed URL", one);
    }

    /**
     * Whether something that {@code owner} began is this principal's business. Nobody in particular is asked for no more than their
     * rights: either all may do all, or the owner has signed the URL.
     */
    public boolean owns(Optional<String> owner) {
        return id.isEmpty() || id.equals(owner);
    }
}
