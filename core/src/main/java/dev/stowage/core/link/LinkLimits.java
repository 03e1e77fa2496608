package dev.stowage.core.link;

import dev.stowage.core.config.Settings;
import java.time.Duration;
import java.util.Optional;

/**
 * The limits on links.
 *
 * @param max the number of links of one principal, ended ones included until they are forgotten; 0 if there are no links, and those that
 *     exist do not work
 * @param maxLifetime the longest lifetime; with one, each link has to expire
 */
public record LinkLimits(int max, Optional<Duration> maxLifetime) {

    /** The limits without any settings. */
    public static final LinkLimits DEFAULT = new LinkLimits(10_000, Optional.empty());

    /** Reads {@code MAX_LINKS} and {@code MAX_LINK_LIFETIME}. */
    public static LinkLimits from(Settings settings) {
        Duration lifetime =
                settings.duration("MAX_LINK_LIFETIME", Duration.ZERO, Duration.ofMinutes(1), Links.MAX_LIFETIME);
        return new LinkLimits(
                settings.number("MAX_LINKS", DEFAULT.max(), 0, 1_000_000),
                lifetime.isZero() ? Optional.empty() : Optional.of(lifetime));
    }
}
