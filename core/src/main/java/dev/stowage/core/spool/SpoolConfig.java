package dev.stowage.core.spool;

import dev.stowage.core.config.Settings;
import java.nio.file.Path;

/**
 * Where bodies are kept that can't be stored as they come.
 *
 * @param directory need not be there yet
 * @param limit for all of them at once, in bytes
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
