package dev.stowage.core.link;

import dev.stowage.core.access.Link;
import dev.stowage.core.config.Secret;

/**
 * A new link with its token, which is not available later.
 *
 * @param token for the holders of the link; not stored
 */
public record CreatedLink(Link link, Secret token) {}
