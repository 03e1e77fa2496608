package dev.stowage.http.console;

import dev.stowage.core.config.Settings;

/**
 * The configuration of the console.
 *
 * @param enabled whether the service has a console
 */
public record ConsoleConfig(boolean enabled) {

    /** Reads {@code CONSOLE_ENABLED}. */
    public static ConsoleConfig from(Settings settings) {
        return new ConsoleConfig(settings.flag("CONSOLE_ENABLED", true));
    }
}
