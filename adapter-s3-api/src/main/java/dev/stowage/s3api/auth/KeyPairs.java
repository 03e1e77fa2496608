package dev.stowage.s3api.auth;

import dev.stowage.core.access.Principal;
import dev.stowage.core.config.Secret;
import java.util.Optional;
import java.util.function.Predicate;

/** The S3 key pairs of principals. Safe for concurrent use. */
@FunctionalInterface
public interface KeyPairs {

    /**
     * Returns the principal of an access key id, if {@code signedWith} accepts its secret.
     *
     * @param signedWith called for each valid secret: one, or two while a rotation overlaps; for an unknown id with a random one, so that
     *     the time it takes does not tell which ids exist
     * @throws dev.stowage.core.error.StorageUnavailable when the key can't be looked up now
     */
    Optional<Principal> authenticate(String accessKeyId, Predicate<Secret> signedWith);
}
