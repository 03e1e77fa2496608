package dev.stowage.s3;

import dev.stowage.core.config.Secret;
import dev.stowage.core.config.Settings;
import dev.stowage.core.multipart.PartLimits;
import java.net.URI;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The {@code S3_} settings.
 *
 * @param address the address of the store
 * @param credentials for the store; empty for the SDK's default chain (environment, profile, instance role)
 * @param bucket the bucket of the objects
 * @param createBucket whether a missing bucket is created
 */
record S3Config(
        Address address,
        Optional<Credentials> credentials,
        String bucket,
        boolean createBucket,
        PayloadSigning signing,
        UploadSizes sizes) {

    private static final long MIB = 1L << 20;
    private static final Pattern BUCKET = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{1,61}[A-Za-z0-9]");

    /**
     * The address of the store.
     *
     * @param endpoint empty for Amazon S3
     * @param publicEndpoint the address for which URLs are signed; empty for {@code endpoint}
     * @param pathStyle whether the bucket is part of the path, not of the host name
     */
    record Address(Optional<URI> endpoint, Optional<URI> publicEndpoint, String region, boolean pathStyle) {}

    /** The credentials for the store. */
    record Credentials(String accessKeyId, Secret secretAccessKey) {}

    /**
     * When and how bodies are split.
     *
     * @param threshold the largest body that is stored by one request, in bytes
     * @param chunk the size of a part, in bytes
     */
    record UploadSizes(long threshold, long chunk) {}

    /** Reads the settings; problems are recorded in {@code settings}. */
    static S3Config read(Settings settings) {
        Optional<URI> endpoint = settings.url("S3_ENDPOINT_URL");
        return new S3Config(
                new Address(
                        endpoint,
                        settings.url("S3_PUBLIC_ENDPOINT_URL"),
                        settings.text("S3_REGION", "us-east-1"),
                        settings.flag("S3_PATH_STYLE", endpoint.isPresent())),
                credentials(settings),
                bucket(settings),
                settings.flag("S3_CREATE_BUCKET", false),
                settings.read("S3_PAYLOAD_SIGNING", PayloadSigning.AUTO, PayloadSigning::parse),
                new UploadSizes(
                        settings.size(
                                "S3_MULTIPART_THRESHOLD", 16 * MIB, PartLimits.S3.minSize(), PartLimits.S3.maxSize()),
                        settings.size(
                                "S3_MULTIPART_CHUNKSIZE", 8 * MIB, PartLimits.S3.minSize(), PartLimits.S3.maxSize())));
    }

    private static String bucket(Settings settings) {
        if (settings.text("S3_BUCKET_NAME").isEmpty()) {
            settings.problem("S3_BUCKET_NAME", "is not set; set it to the bucket of the files");
        }
        return settings.read("S3_BUCKET_NAME", "", text -> {
            if (!BUCKET.matcher(text).matches()) {
                throw new IllegalArgumentException("is not a bucket name: 3 to 63 letters, digits, dots and dashes");
            }
            return text;
        });
    }

    private static Optional<Credentials> credentials(Settings settings) {
        Optional<String> id = settings.text("S3_ACCESS_KEY_ID");
        Optional<Secret> secret = settings.secret("S3_SECRET_ACCESS_KEY");
        if (id.isPresent() && secret.isEmpty()) {
            settings.problem("S3_SECRET_ACCESS_KEY", "is not set, but S3_ACCESS_KEY_ID is; set both or neither");
        }
        if (id.isEmpty() && secret.isPresent()) {
            settings.problem("S3_ACCESS_KEY_ID", "is not set, but S3_SECRET_ACCESS_KEY is; set both or neither");
        }
        return id.flatMap(present -> secret.map(hidden -> new Credentials(present, hidden)));
    }
}
