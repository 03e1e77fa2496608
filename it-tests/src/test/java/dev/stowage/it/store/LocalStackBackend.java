package dev.stowage.it.store;

import java.net.URI;
import java.util.Map;
import java.util.Optional;
import org.testcontainers.localstack.LocalStackContainer;
import org.testcontainers.utility.DockerImageName;

/** LocalStack in a container. */
final class LocalStackBackend implements Backend {

    /** The last that needs no account. */
    private static final String IMAGE = "localstack/localstack:4.14.0";

    private static final String BUCKET = "stowage-it";

    private final LocalStackContainer container;

    private LocalStackBackend(LocalStackContainer container) {
        this.container = container;
    }

    static LocalStackBackend start() {
        LocalStackContainer container = new LocalStackContainer(DockerImageName.parse(IMAGE)).withServices("s3");
        container.start();
        return new LocalStackBackend(container);
    }

    @Override
    public String bucket() {
        return BUCKET;
    }

    @Override
    public Map<String, String> settings() {
        return Map.of(
                "S3_ENDPOINT_URL", endpoint().toString(),
                "S3_BUCKET_NAME", BUCKET,
                "S3_CREATE_BUCKET", "true",
                "S3_ACCESS_KEY_ID", container.getAccessKey(),
                "S3_SECRET_ACCESS_KEY", container.getSecretKey());
    }

    @Override
    public Optional<OutsideClient> outside() {
        return Optional.of(new OutsideClient(endpoint(), BUCKET, container.getAccessKey(), container.getSecretKey()));
    }

    @Override
    public void close() {
        container.stop();
    }

    private URI endpoint() {
        return container.getEndpoint();
    }
}
