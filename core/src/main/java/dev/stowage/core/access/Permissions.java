package dev.stowage.core.access;

import dev.stowage.core.error.AccessDenied;
import dev.stowage.core.key.KeyLayout;
import dev.stowage.core.key.KeyPrefix;
import dev.stowage.core.key.ObjectKey;

/**
 * Checks permissions by the rights of principals, without writing to the audit log. Use cases call it within {@link AccessPolicy#audited},
 * which does. Safe for concurrent use.
 */
public final class Permissions {

    private final KeyLayout layout;

    Permissions(KeyLayout layout) {
        this.layout = layout;
    }

    /** Whether {@code principal} may do {@code action} with {@code key}. */
    public boolean allows(Principal principal, Action action, ObjectKey key) {
        return allows(principal, action)
                && principal.rights().scopes().stream().anyMatch(scope -> scope.contains(key, layout));
    }

    /** @throws AccessDenied when {@code principal} has no right to {@code action} on {@code key} */
    public void check(Principal principal, Action action, ObjectKey key) {
        if (!allows(principal, action, key)) {
            throw new AccessDenied("You have no right to " + action + " " + key);
        }
    }

    /** Whether {@code principal} may do {@code action} with every key under the prefix. */
    public boolean allows(Principal principal, Action action, KeyPrefix prefix) {
        return allows(principal, action)
                && principal.rights().scopes().stream().anyMatch(scope -> scope.containsAll(prefix, layout));
    }

    /** @throws AccessDenied when {@code principal} has no right to {@code action} on every key under the prefix */
    public void check(Principal principal, Action action, KeyPrefix prefix) {
        check(principal, action);
        if (!allows(principal, action, prefix)) {
            throw new AccessDenied("You have no right to " + action + " every key that begins with '" + prefix
                    + "'; use a prefix that your credentials cover");
        }
    }

    /** @throws AccessDenied when {@code principal} has no right to {@code action} at all */
    public void check(Principal principal, Action action) {
        if (!allows(principal, action)) {
            throw new AccessDenied("Your credentials do not allow the action " + action);
        }
    }

    private static boolean allows(Principal principal, Action action) {
        return principal.rights().actions().contains(action);
    }
}
