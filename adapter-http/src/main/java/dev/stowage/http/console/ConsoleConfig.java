package dev.stowage.http.console;

import dev.stowage.core.config.Settings;
import java.util.Optional;

/**
 * The configuration of the console.
 *
 * @param enabled whether the service has a console
 * @param oidc the identity provider where people sign in; empty for API keys only
 */
public record ConsoleConfig(boolean enabled, Optional<OidcConfig> oidc) {

    /** A console whose users sign in with API keys. */
    public static final ConsoleConfig USUAL = new ConsoleConfig(true, Optional.empty());

    /** Reads {@code CONSOLE_ENABLED} and the settings of {@link OidcConfig#from}. Problems are reported in {@code settings}. */
    public static ConsoleConfig from(Settings settings) {
        return new ConsoleConfig(settings.flag("CONSOLE_ENABLED", true), OidcConfig.from(settings));
    }
}
