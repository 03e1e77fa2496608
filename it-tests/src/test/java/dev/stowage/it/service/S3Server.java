package dev.stowage.it.service;

import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import org.gaul.s3proxy.BlobStores;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;

/** An S3 server within the tests' own process, which keeps files on disk and verifies signatures. */
public final class S3Server implements AutoCloseable {

    /** The bucket that the service creates. */
    public static final String BUCKET = "stowage-it";

    public static final String ACCESS_KEY = "access";
    public static final String SECRET_KEY = "not-much-of-a-secret";

    private final S3Proxy server;

    private S3Server(S3Proxy server) {
        this.server = server;
    }

    /**
     * Starts the server on a free port.
     *
     * @param folder for its files; not deleted
     */
    public static S3Server start(Path folder) {
        try {
            Properties properties = new Properties();
            properties.setProperty("jclouds.filesystem.basedir", folder.toString());
            S3Proxy server = S3Proxy.builder()
                    .blobStore(BlobStores.create("filesystem", properties))
                    .endpoint(URI.create("http://127.0.0.1:0"))
                    .awsAuthentication(AuthenticationType.AWS_V4, ACCESS_KEY, SECRET_KEY)
                    .ignoreUnknownHeaders(true)
                    .build();
            server.start();
            return new S3Server(server);
        } catch (Exception e) {
            throw new IllegalStateException("s3proxy did not start", e);
        }
    }

    public URI endpoint() {
        return URI.create("http://127.0.0.1:" + server.getPort());
    }

    /** The settings of a service that uses this server. */
    public Map<String, String> settings() {
        return Map.of(
                "S3_ENDPOINT_URL", endpoint().toString(),
                "S3_BUCKET_NAME", BUCKET,
                "S3_CREATE_BUCKET", "true",
                "S3_ACCESS_KEY_ID", ACCESS_KEY,
                "S3_SECRET_ACCESS_KEY", SECRET_KEY);
    }

    @Override
    public void close() {
        try {
            server.stop();
        } catch (Exception e) {
            throw new IllegalStateException("s3proxy did not stop", e);
        }
    }
}
