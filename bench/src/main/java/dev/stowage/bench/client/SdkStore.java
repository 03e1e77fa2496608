package dev.stowage.bench.client;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.presigner.PresignedRequest;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3Configuration;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadResponse;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

/** A server of S3 accessed by the SDK, with its fastest settings. Safe for concurrent use. */
public final class SdkStore implements AutoCloseable {

    private static final String BUCKET = "bench";
    private static final int CHUNK = 64 << 10;
    private static final Duration SIGNED = Duration.ofHours(6);

    private final S3Client client;
    private final S3Presigner signer;
    private final Payload payload;

    public SdkStore(int port, String accessKey, String secretKey, Payload payload) {
        this.payload = payload;
        URI endpoint = URI.create("http://127.0.0.1:" + port);
        AwsCredentialsProvider credentials =
                StaticCredentialsProvider.create(AwsBasicCredentials.create(accessKey, secretKey));
        signer = S3Presigner.builder()
                .endpointOverride(endpoint)
                .region(Region.US_EAST_1)
                .credentialsProvider(credentials)
                .serviceConfiguration(
                        S3Configuration.builder().pathStyleAccessEnabled(true).build())
                .build();
        client = S3Client.builder()
                .endpointOverride(endpoint)
                .region(Region.US_EAST_1)
                .credentialsProvider(credentials)
                .forcePathStyle(true)
                .httpClientBuilder(Apache5HttpClient.builder().maxConnections(512))
                .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
                .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
                .putAuthScheme(new UnsignedPayload())
                .build();
    }

    /** Creates the bucket. */
    public void createBucket() {
        client.createBucket(request -> request.bucket(BUCKET));
    }

    /** The path and query of a signed URL for storing an object. */
    public String signedPut(String key) {
        return path(signer.presignPutObject(request -> request.signatureDuration(SIGNED)
                .putObjectRequest(put -> put.bucket(BUCKET).key(key))));
    }

    /** The path and query of a signed URL for reading an object. */
    public String signedGet(String key) {
        return path(signer.presignGetObject(request -> request.signatureDuration(SIGNED)
                .getObjectRequest(get -> get.bucket(BUCKET).key(key))));
    }

    private static String path(PresignedRequest request) {
        return request.url().getFile();
    }

    /** Reads an object to its end. */
    public void get(String key) throws IOException {
        byte[] chunk = new byte[CHUNK];
        try (InputStream body =
                client.getObject(request -> request.bucket(BUCKET).key(key))) {
            while (body.readNBytes(chunk, 0, CHUNK) > 0) {
                // Only the transfer is measured.
            }
        }
    }

    public void head(String key) {
        client.headObject(request -> request.bucket(BUCKET).key(key));
    }

    /** Stores an object by one request. */
    public void put(String key, long size) {
        client.putObject(
                request -> request.bucket(BUCKET).key(key), RequestBody.fromInputStream(payload.stream(size), size));
    }

    /** Stores an object in parts, one after another, from memory. */
    public void putInParts(String key, long size, int partSize) {
        CreateMultipartUploadResponse upload =
                client.createMultipartUpload(request -> request.bucket(BUCKET).key(key));
        byte[] part = new byte[partSize];
        List<CompletedPart> parts = new ArrayList<>();
        for (int number = 1; (long) (number - 1) * partSize < size; number++) {
            int current = number;
            String etag = client.uploadPart(
                            request -> request.bucket(BUCKET)
                                    .key(key)
                                    .uploadId(upload.uploadId())
                                    .partNumber(current),
                            RequestBody.fromContentProvider(
                                    () -> new ByteArrayInputStream(part), partSize, "application/octet-stream"))
                    .eTag();
            parts.add(CompletedPart.builder().partNumber(number).eTag(etag).build());
        }
        client.completeMultipartUpload(request -> request.bucket(BUCKET)
                .key(key)
                .uploadId(upload.uploadId())
                .multipartUpload(completed -> completed.parts(parts)));
    }

    @Override
    public void close() {
        signer.close();
        client.close();
    }
}
