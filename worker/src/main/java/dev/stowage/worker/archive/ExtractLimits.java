package dev.stowage.worker.archive;

import dev.stowage.core.config.Settings;

/**
 * The limits on archives that jobs extract.
 *
 * @param entries the maximum number of entries
 * @param bytes the maximum total size of the entries: to 1 PiB
 * @param ratio how many times as large as the archive they may be together, beyond 64 MiB: to 1000
 */
public record ExtractLimits(int entries, long bytes, int ratio) {

    /** The limits without settings. */
    public static final ExtractLimits DEFAULT = new ExtractLimits(1_000_000, 100L << 30, 200);

    /** Reads {@code EXTRACT_MAX_ENTRIES}, {@code EXTRACT_MAX_SIZE} and {@code EXTRACT_MAX_RATIO}. */
    public static ExtractLimits from(Settings settings) {
        return new ExtractLimits(
                settings.number("EXTRACT_MAX_ENTRIES", DEFAULT.entries, 1, 100_000_000),
                settings.size("EXTRACT_MAX_SIZE", DEFAULT.bytes, 1, 1L << 50),
                settings.number("EXTRACT_MAX_RATIO", DEFAULT.ratio, 1, 1000));
    }
}
