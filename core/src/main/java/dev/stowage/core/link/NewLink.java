package dev.stowage.core.link;

import dev.stowage.core.access.LinkTarget;
import dev.stowage.core.config.Secret;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A link to be created.
 *
 * @param lifetime more than zero and at most {@link Links#MAX_LIFETIME}; empty for no end
 * @param maxUses at least 1; empty for any number
 * @param maxSize of each uploaded file in bytes, at least 1; empty for the limit of the service. For uploads only
 * @param password 1 to 72 bytes of UTF-8; empty for none
 */
public record NewLink(
        LinkTarget target,
        Optional<Duration> lifetime,
        OptionalLong maxUses,
        OptionalLong maxSize,
        Optional<Secret> password) {}
