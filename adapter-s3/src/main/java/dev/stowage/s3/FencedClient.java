package dev.stowage.s3;

import dev.stowage.core.job.Fence;
import java.util.function.Function;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.services.s3.DelegatingS3Client;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Request;

/** Attaches a fence to each request, which {@link LateAttempts} checks before each attempt. */
final class FencedClient extends DelegatingS3Client {

    private final Fence fence;

    FencedClient(S3Client client, Fence fence) {
        super(client);
        this.fence = fence;
    }

    @Override
    @SuppressWarnings("unchecked") // a request's builder makes the same kind of request
    protected <T extends S3Request, R> R invokeOperation(T request, Function<T, R> operation) {
        AwsRequestOverrideConfiguration override = request.overrideConfiguration()
                .map(AwsRequestOverrideConfiguration::toBuilder)
                .orElseGet(AwsRequestOverrideConfiguration::builder)
                .putExecutionAttribute(LateAttempts.FENCE, fence)
                .build();
        return operation.apply(
                (T) request.toBuilder().overrideConfiguration(override).build());
    }
}
