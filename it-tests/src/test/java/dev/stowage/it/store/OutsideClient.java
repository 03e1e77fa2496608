package dev.stowage.it.store;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.ResponseBytes;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.MultipartUpload;
import software.amazon.awssdk.services.s3.model.S3Object;

/** The AWS SDK on the store itself: it sees what the service stored, and the other way round. */
public final class OutsideClient implements AutoCloseable {

    private final S3Client client;
    private final String bucket;

    /** Signs with the given key pair. */
    public OutsideClient(URI endpoint, String bucket, String accessKey, String secretKey) {
        this.bucket = bucket;
        this.client = S3Client.builder()
                .endpointOverride(endpoint)
                .region(Region.US_EAST_1)
                .forcePathStyle(true)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create(accessKey, secretKey)))
                .build();
    }

    /** Reads a whole object. */
    public ResponseBytes<GetObjectResponse> get(String key) {
        return client.getObjectAsBytes(request -> request.bucket(bucket).key(key));
    }

    /** Stores an object without the service. */
    public void put(String key, byte[] body) {
        client.putObject(request -> request.bucket(bucket).key(key), RequestBody.fromBytes(body));
    }

    /** The keys under a prefix. */
    public List<String> keys(String prefix) {
        return client.listObjectsV2Paginator(request -> request.bucket(bucket).prefix(prefix)).contents().stream()
                .map(S3Object::key)
                .toList();
    }

    /** The sizes of the objects under a prefix, by their keys. */
    public Map<String, Long> sizes(String prefix) {
        return client.listObjectsV2Paginator(request -> request.bucket(bucket).prefix(prefix)).contents().stream()
                .collect(Collectors.toMap(S3Object::key, S3Object::size));
    }

    /** The keys under a prefix that have an open upload. */
    public List<String> openUploads(String prefix) {
        return client
                .listMultipartUploadsPaginator(request -> request.bucket(bucket).prefix(prefix))
                .uploads()
                .stream()
                .map(MultipartUpload::key)
                .toList();
    }

    @Override
    public void close() {
        client.close();
    }
}
