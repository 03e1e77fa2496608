package dev.stowage.app.config;

import dev.stowage.core.config.Settings;
import dev.stowage.core.spool.SpoolSpace;
import java.nio.file.Path;

/**
 * The settings for bodies that can't be stored as they are received.
 *
 * @param directory need not exist yet
 * @param limit of all bodies together in bytes
 */
public record SpoolConfig(Path directory, long limit) {

    /** Reads {@code SPOOL_DIR} and {@code SPOOL_LIMIT}. */
    public static SpoolConfig from(Settings settings) {
        return new SpoolConfig(
                settings.read("SPOOL_DIR", Path.of(System.getProperty("java.io.tmpdir"), "stowage"), Path::of),
                settings.size("SPOOL_LIMIT", SpoolSpace.STANDARD_CAPACITY, 1L << 20, 1L << 50));
    }
}
