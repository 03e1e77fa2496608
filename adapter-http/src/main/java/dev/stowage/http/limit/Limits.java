package dev.stowage.http.limit;

import dev.stowage.core.config.Settings;
import java.time.Duration;

/**
 * How much of the service a client may take up.
 *
 * @param requestRate of a principal, in requests per second over time; 0 for no limit
 * @param requestBurst how many requests a principal may make at once that has made none for a while; 0 without a rate
 * @param maxUploads of a principal, at once; 0 for no limit
 * @param transfers of all clients, at once
 * @param minTransferRate in bytes per second, below which a client that the service waits for is given up after a while; 0 for none
 * @param headerTimeout how long the head of a request may take from its first byte
 * @param connections of clients, at once
 * @param owners what a principal may have at a time
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

    /** With the usual limits of owners. */
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
     * {@code MIN_TRANSFER_RATE}, {@code HEADER_TIMEOUT}, and what {@link ConnectionLimit} and {@link OwnerLimits#from} read.
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
