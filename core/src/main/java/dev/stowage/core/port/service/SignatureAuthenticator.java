package dev.stowage.core.port.service;

import dev.stowage.core.access.Principal;
import dev.stowage.core.config.Secret;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Authenticates the signer of a request by an S3 key pair. Safe for concurrent use. It is called for every request and must be fast. The
 * time it takes does not tell whether a key exists.
 */
public interface SignatureAuthenticator {

    /**
     * Returns the bearer of the key pair with its current rights. Empty when there is no such pair, it has expired or was revoked, or the
     * request is not signed with its secret; callers don't learn which.
     *
     * @param accessKeyId any text
     * @param signedWith whether the request is signed with a secret, compared in constant time. Called for each valid secret of the pair:
     *     one, or two while a rotated one is still valid; and for a random one when there is no such pair
     * @throws dev.stowage.core.error.StorageUnavailable when the pair can't be checked now; it may be valid
     */
    Optional<Principal> authenticate(String accessKeyId, Predicate<Secret> signedWith);
}
