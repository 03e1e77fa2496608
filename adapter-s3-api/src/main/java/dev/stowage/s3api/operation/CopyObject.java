package dev.stowage.s3api.operation;

import dev.stowage.core.error.NotFound;
import dev.stowage.core.file.Files;
import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.object.AttributeChanges;
import dev.stowage.core.object.ObjectInfo;
import dev.stowage.core.object.Preconditions;
import dev.stowage.core.object.WriteCondition;
import dev.stowage.s3api.error.S3ErrorCode;
import dev.stowage.s3api.error.S3ErrorException;
import dev.stowage.s3api.request.HttpTime;
import java.io.IOException;

/** Copies an object within the store, with its attributes or with new ones. */
final class CopyObject implements Operation {

    private final Files files;
    private final FolderMarkers folders;
    private final BucketLookup buckets;

    CopyObject(Files files, BucketLookup buckets) {
        this.files = files;
        this.folders = new FolderMarkers(files);
        this.buckets = buckets;
    }

    @Override
    public void perform(S3Call call) throws IOException {
        ObjectKey source = CopySource.of(call, buckets).key();
        ObjectKey target = call.key();
        AttributeChanges changes = changes(call);
        if (source.equals(target) && changes.isEmpty()) {
            throw new S3ErrorException(
                    S3ErrorCode.INVALID_REQUEST,
                    "This copy request is illegal because it is trying to copy an object to itself without changing the"
                            + " object's metadata, storage class, website redirect location or encryption attributes.");
        }
        Preconditions conditions = ObjectConditions.of(call.headers(), "").forWrite();
        ObjectConditions ofSource = ObjectConditions.of(call.headers(), "x-amz-copy-source-");
        Preconditions onSource = sourceConditions(call, source, ofSource);
        ObjectInfo copy = WriteTarget.write(
                call,
                files,
                conditions,
                () -> FolderMarkers.isFolder(call)
                        ? folders.copy(call, source, changes, conditions, onSource)
                        : files.copy(call.caller(), source, target, changes, conditions, onSource));
        call.reply()
                .xml(
                        200,
                        "CopyObjectResult",
                        document -> document.text("LastModified", HttpTime.document(copy.lastModified()))
                                .text("ETag", copy.etag().quoted()));
    }

    /**
     * Returns conditions that the core can decide. For {@code If-Modified-Since}, which it does not know, the source is looked at, and
     * exactly that version is copied.
     */
    private Preconditions sourceConditions(S3Call call, ObjectKey source, ObjectConditions conditions) {
        if (conditions.ifModifiedSince().isEmpty()) {
            return conditions.forWrite();
        }
        ObjectInfo info = files.stat(call.caller(), source).orElseThrow(() -> NotFound.file(source.value()));
        if (!conditions.proceed(info)) {
            throw ObjectConditions.failed("x-amz-copy-source-If-Modified-Since");
        }
        return Preconditions.of(new WriteCondition.IfMatch(info.etag()));
    }

    private static AttributeChanges changes(S3Call call) {
        String tagging = call.headers().get("x-amz-tagging-directive").orElse("COPY");
        if (!tagging.equals("COPY")) {
            throw S3ErrorException.notImplemented("x-amz-tagging-directive: " + tagging);
        }
        String directive = call.headers().get("x-amz-metadata-directive").orElse("COPY");
        return switch (directive) {
            case "COPY" -> {
                ObjectHeaders.refuseUnsupported(call.headers());
                yield AttributeChanges.NONE;
            }
            case "REPLACE" -> AttributeChanges.to(ObjectHeaders.parse(call.headers()));
            default ->
                throw S3ErrorException.invalidArgument(
                        "x-amz-metadata-directive", directive, "Unknown metadata directive.");
        };
    }
}
