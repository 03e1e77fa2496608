package dev.stowage.s3;

import dev.stowage.s3.awssdk.MemoryBlobStore;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;

/** A real S3 server in this process (s3proxy) that keeps everything in memory and verifies Signature Version 4. */
final class S3Server implements AutoCloseable {

    static final String BUCKET = "files";

    private static final String ACCESS_KEY_ID = "test-id";
    private static final String SECRET_ACCESS_KEY = "test-secret";

    private final MemoryBlobStore blobs;
    private final S3Proxy proxy;

    private S3Server(MemoryBlobStore blobs, S3Proxy proxy) {
        this.blobs = blobs;
        this.proxy = proxy;
    }

    static S3Server start() {
        MemoryBlobStore blobs = new MemoryBlobStore();
        S3Proxy proxy = S3Proxy.builder()
                .blobStore(blobs)
                .endpoint(URI.create("http://127.0.0.1:0"))
                .awsAuthentication(AuthenticationType.AWS_V4, ACCESS_KEY_ID, SECRET_ACCESS_KEY)
                .ignoreUnknownHeaders(true)
                .build();
        try {
            proxy.start();
        } catch (Exception e) {
            throw new IllegalStateException("s3proxy does not start", e);
        }
        return new S3Server(blobs, proxy);
    }

    URI endpoint() {
        return URI.create("http://127.0.0.1:" + proxy.getPort());
    }

    /** The settings for this server; the bucket is created. */
    Map<String, String> settings() {
        return settings(endpoint());
    }

    /** The settings for {@code endpoint}, which forwards to such a server. */
    static Map<String, String> settings(URI endpoint) {
        return Map.of(
                "S3_ENDPOINT_URL",
                endpoint.toString(),
                "S3_BUCKET_NAME",
                BUCKET,
                "S3_ACCESS_KEY_ID",
                ACCESS_KEY_ID,
                "S3_SECRET_ACCESS_KEY",
                SECRET_ACCESS_KEY,
                "S3_CREATE_BUCKET",
                "true",
                "S3_MULTIPART_THRESHOLD",
                "5MiB",
                "S3_MULTIPART_CHUNKSIZE",
                "5MiB");
    }

    /** Stores an object without the API, which may refuse its name. */
    void plant(String name) {
        blobs.plant(name, "planted".getBytes(StandardCharsets.UTF_8));
    }

    /** The number of multipart uploads on the server. */
    int openUploads() {
        return blobs.listMultipartUploads(BUCKET).size();
    }

    @Override
    public void close() {
        try {
            proxy.stop();
        } catch (Exception e) {
            throw new IllegalStateException("s3proxy does not stop", e);
        }
    }
}
