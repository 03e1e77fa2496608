package dev.stowage.core.port.service;

import dev.stowage.core.access.Principal;
import dev.stowage.core.config.Secret;
import java.util.Optional;

/**
 * Authenticates the bearer of a credential. Safe for concurrent use. It is called for every request and must be fast. The time it takes
 * does not depend on how much of a wrong credential is right.
 */
public interface Authenticator {

    /**
     * Returns the bearer of {@code credential} with its current rights. Empty when the credential is of an unknown kind or not valid:
     * altered, expired or revoked.
     *
     * @throws dev.stowage.core.error.StorageUnavailable when the credential can't be checked now; it may be valid
     */
    Optional<Principal> authenticate(Secret credential);
}
