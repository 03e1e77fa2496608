package dev.stowage.s3api.operation;

import dev.stowage.core.error.NotFound;
import dev.stowage.core.file.Files;
import dev.stowage.s3api.error.S3ErrorCode;
import dev.stowage.s3api.error.S3ErrorException;
import dev.stowage.s3api.operation.OperationTable.Level;
import dev.stowage.s3api.xml.XmlDocument;
import java.util.function.Consumer;

/**
 * What buckets and objects of this service have by nature, for clients that ask for it before they do their work. Changing it is not
 * implemented, except for removing what there is not, and setting what holds in any case.
 */
final class FixedResponses {

    private static final String GET = "GET";

    private final Files files;

    FixedResponses(Files files) {
        this.files = files;
    }

    /** Adds them to the operations. */
    void addTo(OperationTable table) {
        add(table, "GetBucketVersioning", "versioning", "VersioningConfiguration", document -> {});
        add(table, "GetBucketNotificationConfiguration", "notification", "NotificationConfiguration", document -> {});
        add(table, "GetBucketLogging", "logging", "BucketLoggingStatus", document -> {});
        add(table, "GetBucketAccelerateConfiguration", "accelerate", "AccelerateConfiguration", document -> {});
        add(
                table,
                "GetBucketRequestPayment",
                "requestPayment",
                "RequestPaymentConfiguration",
                document -> document.text("Payer", "BucketOwner"));
        add(table, "GetBucketOwnershipControls", "ownershipControls", OwnershipControls.ROOT, OwnershipControls::write);
        add(table, "GetBucketAcl", "acl", OwnerAcl.ROOT, OwnerAcl::write);
        absent(table, "GetBucketPolicy", "policy", S3ErrorCode.NO_SUCH_BUCKET_POLICY);
        absent(table, "GetBucketPolicyStatus", "policyStatus", S3ErrorCode.NO_SUCH_BUCKET_POLICY);
        absent(table, "GetBucketCors", "cors", S3ErrorCode.NO_SUCH_CORS_CONFIGURATION);
        absent(table, "GetBucketLifecycleConfiguration", "lifecycle", S3ErrorCode.NO_SUCH_LIFECYCLE_CONFIGURATION);
        absent(table, "GetBucketEncryption", "encryption", S3ErrorCode.SERVER_SIDE_ENCRYPTION_NOT_FOUND);
        absent(table, "GetBucketTagging", "tagging", S3ErrorCode.NO_SUCH_TAG_SET);
        absent(table, "GetBucketWebsite", "website", S3ErrorCode.NO_SUCH_WEBSITE_CONFIGURATION);
        absent(table, "GetBucketReplication", "replication", S3ErrorCode.REPLICATION_CONFIGURATION_NOT_FOUND);
        absent(table, "GetObjectLockConfiguration", "object-lock", S3ErrorCode.OBJECT_LOCK_CONFIGURATION_NOT_FOUND);
        absent(table, "GetPublicAccessBlock", "publicAccessBlock", S3ErrorCode.NO_SUCH_PUBLIC_ACCESS_BLOCK);
        removable(table, "DeleteBucketPolicy", "policy");
        removable(table, "DeleteBucketCors", "cors");
        removable(table, "DeleteBucketLifecycle", "lifecycle");
        removable(table, "DeleteBucketTagging", "tagging");
        removable(table, "DeleteBucketEncryption", "encryption");
        removable(table, "DeletePublicAccessBlock", "publicAccessBlock");
        table.add("PutBucketAcl", "PUT", Level.BUCKET, "acl", OwnerAcl::accept)
                .add("PutBucketOwnershipControls", "PUT", Level.BUCKET, "ownershipControls", OwnershipControls::accept)
                .add("PutObjectAcl", "PUT", Level.OBJECT, "acl", ofObject(OwnerAcl::accept))
                .add(
                        "GetObjectAcl",
                        GET,
                        Level.OBJECT,
                        "acl",
                        ofObject(call -> call.reply().xml(200, OwnerAcl.ROOT, OwnerAcl::write)))
                .add(
                        "GetObjectTagging",
                        GET,
                        Level.OBJECT,
                        "tagging",
                        ofObject(call ->
                                call.reply().xml(200, "Tagging", document -> document.element("TagSet", none -> {}))))
                .add(
                        "DeleteObjectTagging",
                        "DELETE",
                        Level.OBJECT,
                        "tagging",
                        ofObject(call -> call.reply().empty(204)))
                .add("GetObjectRetention", GET, Level.OBJECT, "retention", ofObject(noLock()))
                .add("GetObjectLegalHold", GET, Level.OBJECT, "legal-hold", ofObject(noLock()));
    }

    private static void add(
            OperationTable table, String name, String resource, String root, Consumer<XmlDocument> content) {
        table.add(name, GET, Level.BUCKET, resource, call -> call.reply().xml(200, root, content));
    }

    private static void absent(OperationTable table, String name, String resource, S3ErrorCode code) {
        table.add(name, GET, Level.BUCKET, resource, call -> {
            throw new S3ErrorException(code, "The bucket has no such configuration");
        });
    }

    private static void removable(OperationTable table, String name, String resource) {
        table.add(name, "DELETE", Level.BUCKET, resource, call -> call.reply().empty(204));
    }

    private static Operation noLock() {
        return call -> {
            throw new S3ErrorException(
                    S3ErrorCode.NO_SUCH_OBJECT_LOCK_CONFIGURATION,
                    "The specified object does not have a ObjectLock configuration");
        };
    }

    /** Checks first that there is such an object, and that the caller may read it. */
    private Operation ofObject(Operation operation) {
        return call -> {
            ObjectVersions.check(call);
            if (files.stat(call.caller(), call.key()).isEmpty()) {
                throw NotFound.file(call.key().value());
            }
            operation.perform(call);
        };
    }
}
