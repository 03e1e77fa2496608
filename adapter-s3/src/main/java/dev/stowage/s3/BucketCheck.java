package dev.stowage.s3;

import dev.stowage.core.error.StorageException;
import dev.stowage.core.error.StorageRejected;
import dev.stowage.core.error.StorageUnavailable;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.s3.model.BucketAlreadyOwnedByYouException;
import software.amazon.awssdk.services.s3.model.BucketLocationConstraint;
import software.amazon.awssdk.services.s3.model.CreateBucketConfiguration;
import software.amazon.awssdk.services.s3.model.CreateBucketRequest;

/** Checks at start-up that the bucket is usable, and tells the operator what to do when it is not. */
final class BucketCheck {

    /** The region whose buckets are created without a location constraint. */
    private static final String DEFAULT_REGION = "us-east-1";

    /** Up to three calls fit into the half minute that opening may take. */
    private static final Duration CALL_LIMIT = Duration.ofSeconds(9);

    private final Connection connection;
    private final S3Config config;

    BucketCheck(Connection connection, S3Config config) {
        this.connection = connection;
        this.config = config;
    }

    /** @throws StorageException with a message for the operator, which may name hosts and buckets */
    void run() {
        checkCredentials();
        try {
            head();
        } catch (RuntimeException e) {
            if (!S3Errors.isNotFound(e)) {
                throw explain(e);
            }
            if (!config.createBucket()) {
                throw new StorageRejected(
                        "No bucket " + config.bucket() + " at " + place()
                                + ". Create it, or set S3_CREATE_BUCKET=true.",
                        e);
            }
            create();
        }
    }

    private void checkCredentials() {
        if (config.credentials().isPresent()) {
            return;
        }
        try {
            connection.resolveCredentials();
        } catch (RuntimeException e) {
            throw new StorageRejected(
                    "No credentials for the store. Set S3_ACCESS_KEY_ID and S3_SECRET_ACCESS_KEY, or provide those of the"
                            + " AWS SDK's default chain (environment, profile, instance role).",
                    e);
        }
    }

    private void head() {
        connection
                .small()
                .headBucket(request -> request.bucket(config.bucket())
                        .overrideConfiguration(limit -> limit.apiCallTimeout(CALL_LIMIT)));
    }

    private void create() {
        String region = config.address().region();
        CreateBucketRequest.Builder request = CreateBucketRequest.builder()
                .bucket(config.bucket())
                .overrideConfiguration(limit -> limit.apiCallTimeout(CALL_LIMIT));
        if (!region.equals(DEFAULT_REGION)) {
            request.createBucketConfiguration(CreateBucketConfiguration.builder()
                    .locationConstraint(BucketLocationConstraint.fromValue(region))
                    .build());
        }
        try {
            connection.small().createBucket(request.build());
        } catch (BucketAlreadyOwnedByYouException alreadyThere) {
            head();
        } catch (RuntimeException e) {
            throw explain(e);
        }
    }

    private StorageException explain(RuntimeException failure) {
        if (!(failure instanceof AwsServiceException answer)) {
            return new StorageUnavailable(
                    "The store at " + place()
                            + " can't be reached. Check S3_ENDPOINT_URL, and that the store is running.",
                    failure);
        }
        return switch (answer.statusCode()) {
            case 301, 307, 400 ->
                new StorageRejected(
                        "The store at " + place() + " rejected the request for bucket " + config.bucket()
                                + ". Check S3_REGION (it is " + config.address().region()
                                + "), S3_ENDPOINT_URL and S3_PATH_STYLE.",
                        failure);
            case 401, 403 ->
                new StorageRejected(
                        "The store at " + place() + " refused access to bucket " + config.bucket() + ". Check "
                                + credentials() + ", their permissions on the bucket, and this machine's clock.",
                        failure);
            case 409 ->
                new StorageRejected(
                        "Bucket " + config.bucket() + " belongs to another account. Choose another S3_BUCKET_NAME.",
                        failure);
            default ->
                new StorageUnavailable(
                        "The store at " + place() + " responded with status " + answer.statusCode()
                                + ". Check that S3_ENDPOINT_URL is the URL of an S3 store, and that the store is healthy.",
                        failure);
        };
    }

    private String credentials() {
        return config.credentials().isPresent()
                ? "S3_ACCESS_KEY_ID and S3_SECRET_ACCESS_KEY"
                : "the credentials of the AWS SDK's default chain";
    }

    private String place() {
        Optional<URI> endpoint = config.address().endpoint();
        return endpoint.map(URI::toString)
                .orElse("Amazon S3 in region " + config.address().region());
    }
}
