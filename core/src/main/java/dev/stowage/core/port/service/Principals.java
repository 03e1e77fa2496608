package dev.stowage.core.port.service;

import dev.stowage.core.access.Principal;
import dev.stowage.core.access.Rights;
import java.util.Optional;

/** The current rights of principals. Safe for concurrent use. */
public interface Principals {

    /** Finds no principal. */
    Principals NOBODY = id -> Optional.empty();

    /**
     * Returns a principal with its current rights; changes take effect within two seconds. Empty when there is no such principal, or no
     * longer; it has no rights then.
     *
     * @param id see {@link Principal#id}
     * @throws dev.stowage.core.error.StorageUnavailable when the rights can't be determined; nothing may be done for the principal then
     */
    Optional<Principal> find(String id);

    /**
     * Returns the owner of a record with its current rights; one that no longer exists has none. A record without an owner was made when
     * authentication was disabled, and its owner keeps full access.
     *
     * @throws dev.stowage.core.error.StorageUnavailable when the rights can't be determined
     */
    default Principal owner(Optional<String> id) {
        return id.isEmpty()
                ? Principal.ANYONE
                : find(id.get()).orElseGet(() -> Principal.of(id.get(), id.get(), Rights.NONE));
    }
}
