package dev.stowage.http.limit;

import dev.stowage.core.config.Settings;
import java.time.Duration;

/**
 * The limits on what clients may use.
 *
 * @param requestRate the sustained rate of a principal, in requests per second; 0 for no limit
 * @param requestBurst the number of requests that a principal may make at once after a pause; 0 without a rate
 * @param maxUploads the number of concurrent uploads of a principal; 0 for no limit
 * @param transfers the limit on concurrent transfers of all clients
 * @param minTransferRate the rate in bytes per second below which a client uses up its stall budget and is disconnected; 0 for none
 * @param headerTimeout how long the header section of a request may take from its first byte
 * @param connections the limit on client connections
 * @param owners the limits on what a principal may have open
 */
public record Limits(
        int requestRate,
        int requestBurst,
        int maxUploads,
        TransferLimit transfers,
        long minTransferRate,
        Duration headerTimeout,
        ConnectionLimit connections,
        OwnerLimits owners) {

    private static final int MAX_RATE = 1_000_000;

    /** With the default limits of owners. */
    public Limits(
            int requestRate,
            int requestBurst,
            int maxUploads,
            TransferLimit transfers,
            long minTransferRate,
            Duration headerTimeout,
            ConnectionLimit connections) {
        this(
                requestRate,
                requestBurst,
                maxUploads,
                transfers,
                minTransferRate,
                headerTimeout,
                connections,
                OwnerLimits.DEFAULT);
    }

    /**
     * Reads {@code RATE_LIMIT}, {@code RATE_LIMIT_BURST}, {@code MAX_CONCURRENT_UPLOADS}, {@code MAX_TRANSFERS}, {@code TRANSFER_WAIT},
     * {@code MIN_TRANSFER_RATE}, {@code HEADER_TIMEOUT}, and the settings of {@link ConnectionLimit} and {@link OwnerLimits#from}.
     */
    public static Limits from(Settings settings) {
        int rate = settings.number("RATE_LIMIT", 0, 0, MAX_RATE);
        return new Limits(
                rate,
                burst(settings, rate),
                settings.number("MAX_CONCURRENT_UPLOADS", 0, 0, MAX_RATE),
                TransferLimit.from(settings),
                settings.size("MIN_TRANSFER_RATE", 240, 0, 1 << 20),
                settings.duration(
                        "HEADER_TIMEOUT", Duration.ofSeconds(10), Duration.ofSeconds(1), Duration.ofMinutes(5)),
                ConnectionLimit.from(settings),
                OwnerLimits.from(settings));
    }

    private static int burst(Settings settings, int rate) {
        int burst = settings.number("RATE_LIMIT_BURST", 2 * rate, 1, 2 * MAX_RATE);
        if (rate == 0 && burst > 0) {
            settings.problem("RATE_LIMIT_BURST", "has no effect without RATE_LIMIT; set both or neither");
        }
        return rate == 0 ? 0 : burst;
    }
}
