package dev.stowage.s3;

import dev.stowage.core.error.StorageException;
import dev.stowage.core.error.StorageUnavailable;
import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.multipart.UploadId;
import dev.stowage.core.port.UploadJournal;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.CopyPartResult;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.UploadPartCopyRequest;
import software.amazon.awssdk.services.s3.model.UploadPartResponse;

/** A multipart upload that the adapter created for its own use and has to end. Safe for concurrent use. */
final class OpenUpload {

    private static final Logger LOG = LoggerFactory.getLogger(OpenUpload.class);

    private final Connection connection;
    private final ObjectKey key;
    private final UploadId id;
    private final UploadJournal.Entry entry;
    private volatile boolean aborted;

    private OpenUpload(Connection connection, ObjectKey key, UploadId id, UploadJournal.Entry entry) {
        this.connection = connection;
        this.key = key;
        this.id = id;
        this.entry = entry;
    }

    /**
     * Creates an upload that is recorded before it is created.
     *
     * @param request with the object's attributes; bucket and key are filled in
     */
    static OpenUpload begin(
            Connection connection,
            ObjectKey key,
            CreateMultipartUploadRequest.Builder request,
            UploadJournal.Entry entry) {
        OpenUpload upload = new OpenUpload(connection, key, create(connection, key, request, entry), entry);
        try {
            entry.begun(upload.id);
            return upload;
        } catch (StorageException e) {
            upload.abort();
            throw e;
        }
    }

    /** Creates an upload that the caller records. */
    static UploadId create(Connection connection, ObjectKey key, CreateMultipartUploadRequest.Builder request) {
        try {
            String id = connection
                    .small()
                    .createMultipartUpload(
                            request.bucket(connection.bucket()).key(key.value()).build())
                    .uploadId();
            return new UploadId(id);
        } catch (RuntimeException e) {
            throw S3Errors.translate(e, Target.of(key));
        }
    }

    private static UploadId create(
            Connection connection,
            ObjectKey key,
            CreateMultipartUploadRequest.Builder request,
            UploadJournal.Entry entry) {
        try {
            return create(connection, key, request);
        } catch (StorageException e) {
            // When the response is lost, the store may have created it.
            entry.ended(!(e instanceof StorageUnavailable));
            throw e;
        }
    }

    UploadId id() {
        return id;
    }

    /** Stores a part. A repeated number replaces the part. */
    CompletedPart send(int number, RequestPayload body) {
        S3Client client = body.replayable() ? connection.bulk() : connection.once();
        try {
            UploadPartResponse answer = client.uploadPart(
                    request -> request.bucket(connection.bucket())
                            .key(key.value())
                            .uploadId(id.value())
                            .partNumber(number)
                            .contentLength(body.length()),
                    body.request());
            return part(number, answer.eTag());
        } catch (RuntimeException e) {
            throw S3Errors.translate(e, Target.of(key, id));
        } finally {
            freeLatePart();
        }
    }

    /**
     * Copies a range of another object as a part. Fails with the SDK's exception.
     *
     * @param source names the object, its range, its required ETag, and the part's number
     */
    CopyPartResult copy(UploadPartCopyRequest source) {
        try {
            return connection
                    .bulk()
                    .uploadPartCopy(source.toBuilder()
                            .destinationBucket(connection.bucket())
                            .destinationKey(key.value())
                            .uploadId(id.value())
                            .build())
                    .copyPartResult();
        } finally {
            freeLatePart();
        }
    }

    /**
     * Aborts the upload and deletes its parts; retried, within the time-outs of a small call. When that fails, it is logged, and
     * repeated in the background. Also works on an interrupted thread.
     */
    void abort() {
        aborted = true;
        boolean interrupted = Thread.interrupted();
        try {
            entry.ended(free());
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Reports that the object was created. */
    void completed() {
        entry.ended(true);
    }

    static CompletedPart part(int number, String etag) {
        return CompletedPart.builder().partNumber(number).eTag(etag).build();
    }

    /** A part that was sent during the abort may have been stored after it; a second abort deletes it. */
    private void freeLatePart() {
        if (aborted) {
            abort();
        }
    }

    private boolean free() {
        try {
            connection
                    .small()
                    .abortMultipartUpload(request ->
                            request.bucket(connection.bucket()).key(key.value()).uploadId(id.value()));
            return true;
        } catch (RuntimeException e) {
            if (S3Errors.isNotFound(e)) {
                return true;
            }
            StorageException reason = S3Errors.translate(e, Target.of(key, id));
            LOG.atWarn()
                    .addKeyValue("failure", reason.getMessage())
                    .addKeyValue("cause", reason.causes())
                    .log("Could not abort upload {} of {}; a sweep will abort it", id, key);
            return false;
        }
    }
}
