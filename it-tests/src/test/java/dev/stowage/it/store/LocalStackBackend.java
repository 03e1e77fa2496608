package dev.stowage.it.store;

import java.net.URI;
import java.util.Map;
import java.util.Optional;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.localstack.LocalStackContainer;
import org.testcontainers.utility.DockerImageName;

/** LocalStack: in a container where Docker is available, otherwise as a Python process where that is installed. */
final class LocalStackBackend implements Backend {

    /** The last version that requires no account. */
    private static final String IMAGE = "localstack/localstack:4.14.0";

    private static final String BUCKET = "stowage-it";
    /** It verifies the signatures of signed URLs when configured to, and only accepts this key pair. */
    private static final String ACCESS_KEY = "test";

    private static final String SECRET_KEY = "test";

    private final URI endpoint;
    private final Runnable stop;

    private LocalStackBackend(URI endpoint, Runnable stop) {
        this.endpoint = endpoint;
        this.stop = stop;
    }

    /** Whether it can be run on this machine. */
    static boolean isAvailable() {
        return LocalStackProcess.isInstalled() || DockerClientFactory.instance().isDockerAvailable();
    }

    static LocalStackBackend start() {
        return DockerClientFactory.instance().isDockerAvailable() ? inContainer() : asProcess();
    }

    private static LocalStackBackend inContainer() {
        LocalStackContainer container = new LocalStackContainer(DockerImageName.parse(IMAGE))
                .withServices("s3")
                .withEnv(LocalStackProcess.CHECKED_SIGNATURES, "0");
        container.start();
        return new LocalStackBackend(container.getEndpoint(), container::stop);
    }

    private static LocalStackBackend asProcess() {
        LocalStackProcess process = LocalStackProcess.start();
        return new LocalStackBackend(process.endpoint(), process::close);
    }

    @Override
    public String bucket() {
        return BUCKET;
    }

    @Override
    public Map<String, String> settings() {
        return Map.of(
                "S3_ENDPOINT_URL", endpoint.toString(),
                "S3_BUCKET_NAME", BUCKET,
                "S3_CREATE_BUCKET", "true",
                "S3_ACCESS_KEY_ID", ACCESS_KEY,
                "S3_SECRET_ACCESS_KEY", SECRET_KEY);
    }

    @Override
    public Optional<OutsideClient> outside() {
        return Optional.of(new OutsideClient(endpoint, BUCKET, ACCESS_KEY, SECRET_KEY));
    }

    @Override
    public void close() {
        stop.run();
    }
}
