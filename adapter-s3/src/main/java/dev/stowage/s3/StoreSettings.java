package dev.stowage.s3;

import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.services.s3.model.CopyObjectRequest;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.ServerSideEncryption;
import software.amazon.awssdk.services.s3.model.StorageClass;

/**
 * The settings of a stored object beside its attributes: storage class, encryption, expiry, redirection. A copy gets the bucket's
 * defaults for everything that the request omits, so all of it is sent. Access control lists and locks are not carried over: the bucket
 * decides them for each new object.
 */
final class StoreSettings {

    private final HeadObjectResponse head;

    StoreSettings(HeadObjectResponse head) {
        this.head = head;
    }

    void carry(CopyObjectRequest.Builder request) {
        request.storageClass(storageClass())
                .serverSideEncryption(head.serverSideEncryptionAsString())
                .ssekmsKeyId(head.ssekmsKeyId())
                .bucketKeyEnabled(bucketKey())
                .websiteRedirectLocation(head.websiteRedirectLocation())
                .overrideConfiguration(expires());
    }

    void carry(CreateMultipartUploadRequest.Builder request) {
        request.storageClass(storageClass())
                .serverSideEncryption(head.serverSideEncryptionAsString())
                .ssekmsKeyId(head.ssekmsKeyId())
                .bucketKeyEnabled(bucketKey())
                .websiteRedirectLocation(head.websiteRedirectLocation())
                .overrideConfiguration(expires());
    }

    /** Null for the default: some stores don't support storage classes. */
    private @Nullable String storageClass() {
        String name = head.storageClassAsString();
        return StorageClass.STANDARD.toString().equals(name) ? null : name;
    }

    private @Nullable Boolean bucketKey() {
        String encryption = head.serverSideEncryptionAsString();
        boolean kms = encryption != null && !encryption.equals(ServerSideEncryption.AES256.toString());
        return kms ? Boolean.valueOf(Boolean.TRUE.equals(head.bucketKeyEnabled())) : null;
    }

    /** The stored value, which need not be a date. */
    private @Nullable AwsRequestOverrideConfiguration expires() {
        String expires = head.expiresString();
        return expires == null
                ? null
                : AwsRequestOverrideConfiguration.builder()
                        .putHeader("Expires", expires)
                        .build();
    }
}
