package dev.stowage.core.port;

import dev.stowage.core.access.Principal;
import dev.stowage.core.config.Secret;
import java.util.Optional;

/**
 * Tells who brings a credential. Safe for concurrent use, and quick: every request asks. How long it takes does not depend on how much of
 * a wrong credential is right.
 */
public interface Authenticator {

    /**
     * Whoever brings {@code credential}, with the rights of this moment; empty when it is not of a kind known here, or not good: altered,
     * expired, revoked.
     *
     * @throws dev.stowage.core.error.StorageUnavailable when that can't be found out now; it may be good
     */
    Optional<Principal> authenticate(Secret credential);
}
