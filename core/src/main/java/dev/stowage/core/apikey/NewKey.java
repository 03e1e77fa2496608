package dev.stowage.core.apikey;

import dev.stowage.core.access.ApiKey;
import dev.stowage.core.config.Secret;

/**
 * A new key with its secret, which is not available later.
 *
 * @param text the whole key, for its holder; not stored
 */
public record NewKey(ApiKey key, Secret text) {}
