package dev.stowage.it.service;

import java.net.URI;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3Configuration;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

/** The AWS SDK as users set it up for the S3 API: with a key pair, and otherwise with its defaults. */
public final class S3Clients {

    private S3Clients() {}

    /** Opens a client, which signs bodies in chunks and sends checksums in trailers. */
    public static S3Client open(URI endpoint, Keys.Pair pair) {
        return S3Client.builder()
                .endpointOverride(endpoint)
                .region(Region.US_EAST_1)
                .forcePathStyle(true)
                .credentialsProvider(credentials(pair))
                .build();
    }

    /** Opens what signs URLs. */
    public static S3Presigner presigner(URI endpoint, Keys.Pair pair) {
        return S3Presigner.builder()
                .endpointOverride(endpoint)
                .region(Region.US_EAST_1)
                .serviceConfiguration(
                        S3Configuration.builder().pathStyleAccessEnabled(true).build())
                .credentialsProvider(credentials(pair))
                .build();
    }

    /** Returns a part as a completion names it. */
    public static CompletedPart part(int number, String tag) {
        return CompletedPart.builder().partNumber(number).eTag(tag).build();
    }

    private static AwsCredentialsProvider credentials(Keys.Pair pair) {
        return StaticCredentialsProvider.create(AwsBasicCredentials.create(pair.accessKeyId(), pair.secretAccessKey()));
    }
}
