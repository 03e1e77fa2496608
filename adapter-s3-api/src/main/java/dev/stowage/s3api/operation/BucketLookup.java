package dev.stowage.s3api.operation;

import dev.stowage.core.access.Principal;
import dev.stowage.core.key.KeyLayout;
import dev.stowage.s3api.bucket.Bucket;
import dev.stowage.s3api.bucket.BucketMap;
import dev.stowage.s3api.error.S3ErrorCode;
import dev.stowage.s3api.error.S3ErrorException;

/** Finds the buckets that requests name. */
record BucketLookup(BucketMap buckets, KeyLayout layout) {

    /**
     * Returns a bucket.
     *
     * @throws S3ErrorException when there is none; also when the caller has no right to anything in it, so that nobody learns which buckets
     *     others have
     */
    Bucket find(String name, Principal caller) {
        if (!BucketMap.isName(name)) {
            throw new S3ErrorException(S3ErrorCode.INVALID_BUCKET_NAME, "The specified bucket is not valid.")
                    .with("BucketName", name);
        }
        return buckets.find(name)
                .filter(bucket -> bucket.isVisibleTo(caller, layout))
                .orElseThrow(
                        () -> new S3ErrorException(S3ErrorCode.NO_SUCH_BUCKET, "The specified bucket does not exist")
                                .with("BucketName", name));
    }
}
