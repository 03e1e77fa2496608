package dev.stowage.core.access;

import dev.stowage.core.config.Secret;
import java.util.Optional;

/**
 * A link as it is stored.
 *
 * @param digest of its token; the token itself is not stored
 * @param password the hash of the password, if one is needed
 */
public record StoredLink(Link link, String digest, Optional<Secret> password) {}
