package dev.stowage.s3api;

import dev.stowage.core.config.Settings;
import dev.stowage.core.key.KeyLayout;
import dev.stowage.s3api.bucket.BucketMap;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The configuration of the S3 API.
 *
 * @param port 0 for any free port
 * @param domain with which host names end that begin with a bucket, in lower case; empty when buckets are only in paths
 * @param buckets empty for one bucket with all keys
 */
public record S3ApiConfig(int port, Optional<String> domain, Optional<BucketMap> buckets) {

    private static final String PORT = "S3_API_PORT";
    private static final String DOMAIN = "S3_API_DOMAIN";
    private static final String BUCKETS = "S3_API_BUCKETS";

    private static final Pattern HOST =
            Pattern.compile("[a-z0-9]([a-z0-9-]*[a-z0-9])?(\\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*");

    /** Reads {@code S3_API_PORT}, {@code S3_API_DOMAIN} and {@code S3_API_BUCKETS}. Empty when there is no port. */
    public static Optional<S3ApiConfig> from(Settings settings, KeyLayout layout) {
        int port = settings.number(PORT, 0, 0, 65_535);
        Optional<String> domain = settings.read(DOMAIN, Optional.empty(), text -> Optional.of(host(text)));
        Optional<BucketMap> buckets =
                settings.read(BUCKETS, Optional.empty(), text -> Optional.of(BucketMap.parse(text, layout)));
        if (settings.text(PORT).isPresent()) {
            return Optional.of(new S3ApiConfig(port, domain, buckets));
        }
        if (domain.isPresent() || buckets.isPresent()) {
            settings.problem(domain.isPresent() ? DOMAIN : BUCKETS, "has no effect without " + PORT + "; set both");
        }
        return Optional.empty();
    }

    private static String host(String text) {
        String host = text.toLowerCase(Locale.ROOT);
        if (!HOST.matcher(host).matches()) {
            throw new IllegalArgumentException("is not a host name such as s3.example.com, without scheme or port");
        }
        return host;
    }
}
