package dev.stowage.s3api.operation;

import dev.stowage.core.Services;
import dev.stowage.core.file.Files;
import dev.stowage.core.key.KeyLayout;
import dev.stowage.core.upload.Uploads;
import dev.stowage.s3api.auth.SignatureVerifier;
import dev.stowage.s3api.auth.SignedCall;
import dev.stowage.s3api.bucket.Bucket;
import dev.stowage.s3api.bucket.BucketMap;
import dev.stowage.s3api.bucket.RequestTarget;
import dev.stowage.s3api.error.S3ErrorCode;
import dev.stowage.s3api.error.S3ErrorException;
import dev.stowage.s3api.form.FormOpener;
import dev.stowage.s3api.operation.OperationTable.Level;
import dev.stowage.s3api.request.RequestHead;
import dev.stowage.s3api.traffic.Traffic;
import java.io.IOException;
import java.io.InputStream;
import java.time.InstantSource;
import java.util.Optional;
import org.eclipse.jetty.server.Request;

/** All operations. Safe for concurrent use. */
public final class S3Operations {

    private final Files files;
    private final BucketLookup buckets;
    private final Traffic traffic;
    private final OperationTable table = new OperationTable();

    public S3Operations(Services services, BucketMap buckets, KeyLayout layout, Traffic traffic) {
        this.files = services.files();
        this.buckets = new BucketLookup(buckets, layout);
        this.traffic = traffic;
        addBuckets(services.files());
        addObjects(services.files());
        addUploads(services.files(), services.uploads());
        new FixedResponses(services.files()).addTo(table);
    }

    private void addBuckets(Files files) {
        BucketOperations bucket = new BucketOperations(files, buckets);
        ListObjects listing = new ListObjects(files);
        table.add("ListBuckets", "GET", Level.SERVICE, small(bucket::list))
                .add("HeadBucket", "HEAD", Level.BUCKET, small(bucket::head))
                .add("CreateBucket", "PUT", Level.BUCKET, small(bucket::create))
                .add("DeleteBucket", "DELETE", Level.BUCKET, small(bucket::delete))
                .add("GetBucketLocation", "GET", Level.BUCKET, "location", small(bucket::location))
                .add("ListObjects", "GET", Level.BUCKET, small(call -> {
                    if (call.query().get("list-type").filter("2"::equals).isPresent()) {
                        listing.second(call);
                    } else {
                        listing.first(call);
                    }
                }))
                .add("ListObjectVersions", "GET", Level.BUCKET, "versions", small(listing::versions))
                .add("DeleteObjects", "POST", Level.BUCKET, "delete", small(new DeleteObjects(files)));
    }

    private void addObjects(Files files) {
        GetObject get = new GetObject(files, traffic);
        Operation put = new PutObject(files, traffic);
        Operation copy = small(new CopyObject(files, buckets));
        table.add("GetObject", "GET", Level.OBJECT, get)
                .add("HeadObject", "HEAD", Level.OBJECT, small(get::head))
                .add("PutObject", "PUT", Level.OBJECT, call -> (isCopy(call) ? copy : put).perform(call))
                .add("DeleteObject", "DELETE", Level.OBJECT, small(new DeleteObject(files)))
                .add(
                        "GetObjectAttributes",
                        "GET",
                        Level.OBJECT,
                        "attributes",
                        small(new ObjectAttributesReport(files)));
    }

    private void addUploads(Files files, Uploads uploads) {
        MultipartUploads upload = new MultipartUploads(uploads);
        MultipartListings listings = new MultipartListings(uploads);
        Operation put = new PartUpload(uploads, traffic);
        Operation copy = new UploadPartCopy(files, uploads, buckets, traffic);
        table.add("CreateMultipartUpload", "POST", Level.OBJECT, "uploads", small(upload::create))
                .add("UploadPart", "PUT", Level.OBJECT, "uploadId", call -> (isCopy(call) ? copy : put).perform(call))
                .add(
                        "CompleteMultipartUpload",
                        "POST",
                        Level.OBJECT,
                        "uploadId",
                        small(new MultipartCompletion(files, uploads)))
                .add("AbortMultipartUpload", "DELETE", Level.OBJECT, "uploadId", small(upload::abort))
                .add("ListParts", "GET", Level.OBJECT, "uploadId", small(listings::parts))
                .add("ListMultipartUploads", "GET", Level.BUCKET, "uploads", small(listings::uploads));
    }

    private static boolean isCopy(S3Call call) {
        return call.headers().get(CopySource.HEADER).isPresent();
    }

    /** An operation that transfers no object, after which others take turns. */
    private Operation small(Operation operation) {
        return call -> {
            operation.perform(call);
            traffic.noteSmall();
        };
    }

    /** Returns the operation on the forms of browsers, which are authenticated in their own way. */
    public PostObject posts(FormOpener forms, SignatureVerifier signatures, InstantSource clock) {
        return new PostObject(files, buckets, forms, signatures, traffic, clock);
    }

    /**
     * Performs the operation that a request asks for, and writes the response.
     *
     * @param body as it was sent; nothing is read before the first byte is asked for
     * @throws S3ErrorException for the error of S3 that the client gets
     * @throws dev.stowage.core.error.StorageException likewise, once it is mapped
     * @throws IOException when the client has disconnected
     */
    public void perform(
            RequestHead head, RequestTarget target, SignedCall signed, InputStream body, Reply reply, Request request)
            throws IOException {
        if (target.bucket().isEmpty() && target.object().isPresent()) {
            throw new S3ErrorException(S3ErrorCode.INVALID_URI, "The path begins with two slashes; name a bucket");
        }
        Level level =
                target.object().isPresent() ? Level.OBJECT : target.bucket().isPresent() ? Level.BUCKET : Level.SERVICE;
        OperationTable.Named named = table.find(head, level);
        traffic.name(request, named.name());
        BucketOwner.check(head.headers());
        Optional<Bucket> bucket = target.bucket().map(name -> buckets.find(name, signed.caller()));
        named.operation().perform(new S3Call(head, signed, bucket, target.object(), body, reply, request));
    }
}
