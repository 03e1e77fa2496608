package dev.stowage.core.port.service;

import dev.stowage.core.access.Action;
import dev.stowage.core.access.Permissions;
import dev.stowage.core.access.Principal;
import dev.stowage.core.key.KeyPrefix;
import dev.stowage.core.port.ObjectStore;
import java.util.Set;

/**
 * A store that the operator has configured, so that jobs can copy its objects into the store of the service.
 *
 * @param name that requests use
 * @param principals the ids of the principals who may import from it; unmodifiable
 * @param objects of the store, which are only read; calls may fail until the store can be reached
 */
public record ImportSource(String name, Set<String> principals, ObjectStore objects) {

    public ImportSource {
        principals = Set.copyOf(principals);
    }

    /** Whether a principal may import from this source: it is named, or an {@link #isAdmin admin}. */
    public boolean admits(Principal principal, Permissions permissions) {
        return isAdmin(principal, permissions)
                || principal.id().filter(principals::contains).isPresent();
    }

    /** Whether a principal may import from every source: it has the right {@code admin}, on all keys. */
    public static boolean isAdmin(Principal principal, Permissions permissions) {
        return permissions.allows(principal, Action.ADMIN, KeyPrefix.ALL);
    }
}
