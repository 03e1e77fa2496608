package dev.stowage.core.apikey;

import dev.stowage.core.access.ApiKey;
import dev.stowage.core.config.Secret;

/**
 * A key at the only moment when its secret is known.
 *
 * @param text all of it, for its holder; kept nowhere
 */
public record NewKey(ApiKey key, Secret text) {}
