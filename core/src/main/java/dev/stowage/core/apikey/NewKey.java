package dev.stowage.core.apikey;

import dev.stowage.core.access.ApiKey;
import dev.stowage.core.config.Secret;
import java.util.Optional;

/**
 * A new key with its secret, which is not available later.
 *
 * @param text the whole key, for its holder; not stored
 * @param s3Secret the secret of its S3 key pair; not stored. Empty without a pair
 */
public record NewKey(ApiKey key, Secret text, Optional<Secret> s3Secret) {

    /** Returns the public part of its S3 key pair, the id of the key; empty without a pair. */
    public Optional<String> s3AccessKeyId() {
        return s3Secret.map(secret -> key.id());
    }
}
