package dev.stowage.s3api.operation;

import dev.stowage.s3api.error.S3ErrorCode;
import dev.stowage.s3api.error.S3ErrorException;

/** The versions of objects: each object has one, whose id is {@code null}, as in a bucket that never had versioning. */
final class ObjectVersions {

    /** The id of the only version. */
    static final String NULL = "null";

    private ObjectVersions() {}

    /** @throws S3ErrorException when the request is for another version */
    static void check(S3Call call) {
        call.query().get("versionId").ifPresent(ObjectVersions::check);
    }

    /** @throws S3ErrorException when it is the id of another version */
    static void check(String id) {
        if (!id.equals(NULL)) {
            throw new S3ErrorException(S3ErrorCode.NO_SUCH_VERSION, "The specified version does not exist.")
                    .with("VersionId", id);
        }
    }
}
