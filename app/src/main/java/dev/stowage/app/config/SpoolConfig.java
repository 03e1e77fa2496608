package dev.stowage.core.spool;

import dev.stowage.core.config.Settings;
import java.nio.file.Path;

/**
 * The settings for bodies that can't be stored as they are received.
 *
 * @param directory need not exist yet
 * @param limit of all bodies together in bytes
 */
public record SpoolConfig(Path directory, long limit) {

    static final long STANDARD_LIMIT = 4L << 30;

    /** Reads {@code SPOOL_DIR} and {@code SPOOL_LIMIT}. */
    public static SpoolConfig from(Settings settings) {
        return new SpoolConfig(
                settings.read("SPOOL_DIR", Path.of(System.getProperty("java.io.tmpdir"), "stowage"), Path::of),
                settings.size("SPOOL_LIMIT", STANDARD_LIMIT, 1L << 20, 1L << 50));
    }
}
