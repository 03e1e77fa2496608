package dev.stowage.http;

import dev.stowage.core.config.Settings;
import dev.stowage.http.console.ConsoleConfig;
import dev.stowage.http.download.Redirects;
import dev.stowage.http.limit.Limits;
import dev.stowage.http.server.Listener;
import dev.stowage.http.server.ServerSettings;
import java.time.Duration;

/**
 * The configuration of the HTTP API.
 *
 * @param listener the address to listen on, TLS, and trusted origins and hosts
 * @param limits the limits on what clients may use
 * @param redirects when downloads are redirected to the store
 * @param maxFileSize the limit of one upload through the service, in bytes
 * @param partSize the part size suggested to clients of multipart uploads, in bytes
 * @param uploadTtl how long an upload without activity is kept
 * @param shutdownTimeout how long running requests may take to finish when the service stops
 * @param console the console for browsers
 * @param version of the service, as shown in the OpenAPI document
 * @param store the name of the storage adapter, as shown to clients
 */
public record HttpConfig(
        Listener listener,
        Limits limits,
        Redirects redirects,
        long maxFileSize,
        long partSize,
        Duration uploadTtl,
        Duration shutdownTimeout,
        ConsoleConfig console,
        String version,
        String store) {

    private static final long MAX_OBJECT = 5L << 40;

    /**
     * Reads the settings of {@link Listener#from}, {@link Limits#from}, {@link Redirects#from} and {@link ConsoleConfig#from},
     * {@code MAX_FILE_SIZE}, {@code S3_MAX_FILE_SIZE}, {@code S3_MULTIPART_CHUNKSIZE}, {@code UPLOAD_TTL}, {@code SHUTDOWN_TIMEOUT}.
     */
    public static HttpConfig from(Settings settings, String version, String store) {
        return new HttpConfig(
                Listener.from(settings),
                Limits.from(settings),
                Redirects.from(settings),
                maxFileSize(settings),
                settings.size("S3_MULTIPART_CHUNKSIZE", 8L << 20, 5L << 20, 5L << 30),
                settings.duration("UPLOAD_TTL", Duration.ofHours(24), Duration.ofMinutes(1), Duration.ofDays(365)),
                settings.duration("SHUTDOWN_TIMEOUT", Duration.ofSeconds(20), Duration.ZERO, Duration.ofHours(1)),
                ConsoleConfig.from(settings),
                version,
                store);
    }

    /** The part of the configuration that the server itself needs. */
    ServerSettings server() {
        return new ServerSettings(listener, limits, shutdownTimeout);
    }

    /** One limit with two names: the one with {@code S3} is older, and applies to every store as well. */
    private static long maxFileSize(Settings settings) {
        long older = settings.size("S3_MAX_FILE_SIZE", 100L << 20, 1, MAX_OBJECT);
        long size = settings.size("MAX_FILE_SIZE", older, 1, MAX_OBJECT);
        if (size != older && settings.text("S3_MAX_FILE_SIZE").isPresent()) {
            settings.problem(
                    "MAX_FILE_SIZE",
                    "differs from S3_MAX_FILE_SIZE, which is another name for it; remove one of the two");
        }
        return size;
    }
}
