package dev.stowage.app.logging;

import dev.stowage.core.config.Settings;
import java.util.Locale;
import org.slf4j.event.Level;

/**
 * The log's settings.
 *
 * @param level the lowest level that is logged
 */
public record LogConfig(Level level, LogFormat format) {

    /** Reads {@code LOG_LEVEL} and {@code LOG_FORMAT}; problems are recorded in {@code settings}. */
    public static LogConfig from(Settings settings) {
        return new LogConfig(
                settings.read("LOG_LEVEL", Level.INFO, LogConfig::parseLevel),
                settings.read("LOG_FORMAT", LogFormat.AUTO, LogFormat::parse));
    }

    private static Level parseLevel(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "error" -> Level.ERROR;
            case "warn" -> Level.WARN;
            case "info" -> Level.INFO;
            case "debug" -> Level.DEBUG;
            case "trace" -> Level.TRACE;
            default -> throw new IllegalArgumentException("is not error, warn, info, debug or trace");
        };
    }
}
