package dev.stowage.http.limit;

import dev.stowage.core.config.Settings;
import java.time.Duration;

/**
 * The limit on concurrent file transfers of all clients.
 *
 * @param max the number of concurrent transfers; 0 for no limit
 * @param timeout how long another transfer waits for a slot before it is refused
 */
public record TransferLimit(int max, Duration timeout) {

    /** No limit. */
    public static final TransferLimit NONE = new TransferLimit(0, Duration.ZERO);

    /**
     * Together with those that wait, well below the number of threads on a JDK without virtual threads, so that some remain for small
     * requests.
     */
    private static final int MAX = 1536;

    /** Reads {@code MAX_TRANSFERS} and {@code TRANSFER_WAIT}. */
    static TransferLimit from(Settings settings) {
        return new TransferLimit(
                settings.number("MAX_TRANSFERS", 1024, 0, MAX),
                settings.duration("TRANSFER_WAIT", Duration.ofSeconds(2), Duration.ZERO, Duration.ofMinutes(1)));
    }
}
