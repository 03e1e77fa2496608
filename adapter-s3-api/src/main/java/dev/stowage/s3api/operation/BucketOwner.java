package dev.stowage.s3api.operation;

import dev.stowage.s3api.error.S3ErrorCode;
import dev.stowage.s3api.error.S3ErrorException;
import dev.stowage.s3api.request.HeaderLines;
import dev.stowage.s3api.xml.XmlDocument;
import java.util.List;

/** The owner of all buckets. Clients may name whom they expect, so that a request for the bucket of someone else fails. */
final class BucketOwner {

    private static final List<String> EXPECTED =
            List.of("x-amz-expected-bucket-owner", "x-amz-source-expected-bucket-owner");

    private BucketOwner() {}

    /** @throws S3ErrorException when the client expects another owner (Amazon S3 User Guide, "Verifying bucket ownership") */
    static void check(HeaderLines headers) {
        for (String name : EXPECTED) {
            headers.get(name)
                    .filter(owner -> !owner.strip().equals(XmlDocument.OWNER_ID))
                    .ifPresent(owner -> {
                        throw new S3ErrorException(
                                S3ErrorCode.ACCESS_DENIED,
                                "The owner of all buckets is " + XmlDocument.OWNER_ID + ", and not the one in " + name);
                    });
        }
    }
}
