package dev.stowage.core.access;

import dev.stowage.core.error.AccessDenied;
import dev.stowage.core.key.KeyLayout;
import dev.stowage.core.key.KeyPrefix;
import dev.stowage.core.key.ObjectKey;

/**
 * Decides who may do what, by the rights of principals alone. It tells the audit log nothing: use cases ask it within
 * {@link AccessPolicy#audited}, which does. Safe for concurrent use.
 */
public final class Permissions {

    private final KeyLayout layout;

    Permissions(KeyLayout layout) {
        this.layout = layout;
    }

    /** Whether {@code principal} may do so with {@code key}. */
    public boolean allows(Principal principal, Action action, ObjectKey key) {
        return allows(principal, action)
                && principal.rights().scopes().stream().anyMatch(scope -> scope.contains(key, layout));
    }

    /** @throws AccessDenied when {@code principal} must not do so with {@code key} */
    public void check(Principal principal, Action action, ObjectKey key) {
        if (!allows(principal, action, key)) {
            throw new AccessDenied("You have no right to " + action + " " + key);
        }
    }

    /** @throws AccessDenied when there is a key that begins so with which {@code principal} must not do so */
    public void check(Principal principal, Action action, KeyPrefix prefix) {
        check(principal, action);
        if (principal.rights().scopes().stream().noneMatch(scope -> scope.containsAll(prefix, layout))) {
            throw new AccessDenied("You have no right to " + action + " every key that begins with '" + prefix
                    + "'; use a prefix that your credentials cover");
        }
    }

    /** @throws AccessDenied when {@code principal} must not do so at all */
    public void check(Principal principal, Action action) {
        if (!allows(principal, action)) {
            throw new AccessDenied("Your credentials do not allow the action " + action);
        }
    }

    private static boolean allows(Principal principal, Action action) {
        return principal.rights().actions().contains(action);
    }
}
