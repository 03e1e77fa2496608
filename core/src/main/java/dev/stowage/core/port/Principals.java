package dev.stowage.core.port;

import dev.stowage.core.access.Principal;
import java.util.Optional;

/** Who has which rights at this moment. Safe for concurrent use. */
public interface Principals {

    /** Knows nobody. */
    Principals NOBODY = id -> Optional.empty();

    /**
     * A principal with the rights it has now; a change counts within two seconds. Empty when there is no such principal, or none any
     * more: it has no rights then.
     *
     * @param id as {@link Principal#id} has it
     * @throws dev.stowage.core.error.StorageUnavailable when that can't be found out; nothing is to be done for the principal then
     */
    Optional<Principal> find(String id);
}
