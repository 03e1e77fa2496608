package dev.stowage.http.limit;

import com.sun.management.UnixOperatingSystemMXBean;
import dev.stowage.core.config.Settings;
import java.lang.management.ManagementFactory;

/**
 * The limit on client connections.
 *
 * @param total the maximum number of connections of all clients
 * @param perAddress the maximum number of connections of one address; 0 for no limit
 */
public record ConnectionLimit(int total, int perAddress) {

    /** No limit in practice. */
    public static final ConnectionLimit NONE = new ConnectionLimit(Integer.MAX_VALUE, 0);

    /** The largest default; one process gains nothing from more connections. */
    private static final int MAX = 20_000;

    private static final int MIN = 16;

    /** Reads {@code MAX_CONNECTIONS} and {@code MAX_CONNECTIONS_PER_ADDRESS}. */
    public static ConnectionLimit from(Settings settings) {
        return from(settings, openFiles());
    }

    /** @param openFiles the number of files, including connections, that this process may open */
    static ConnectionLimit from(Settings settings, long openFiles) {
        int room = (int) Math.max(MIN, Math.min(MAX, openFiles / 2));
        int total = settings.number("MAX_CONNECTIONS", room, MIN, MAX * 50);
        if (total > room && total > openFiles / 2) {
            settings.problem(
                    "MAX_CONNECTIONS",
                    "is more than half of the files that this process may open (" + openFiles
                            + "), so too few remain for files and the store; raise that limit (ulimit -n), or lower this one");
        }
        // An invalid value is reported where it is read for its own purpose.
        boolean behindProxy = settings.text("FORWARDED_HEADERS")
                .filter("true"::equalsIgnoreCase)
                .isPresent();
        int perAddress = settings.number("MAX_CONNECTIONS_PER_ADDRESS", behindProxy ? 0 : total / 2, 0, MAX * 50);
        if (behindProxy && perAddress > 0) {
            settings.problem(
                    "MAX_CONNECTIONS_PER_ADDRESS",
                    "can't be used with FORWARDED_HEADERS, because all connections come from the proxy; set only one of them");
        }
        return new ConnectionLimit(total, perAddress);
    }

    private static long openFiles() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
                ? unix.getMaxFileDescriptorCount()
                : 2L * MAX;
    }
}
