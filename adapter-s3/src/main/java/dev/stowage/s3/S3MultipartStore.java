package dev.stowage.s3;

import dev.stowage.core.error.Conflict;
import dev.stowage.core.key.KeyPrefix;
import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.multipart.ChosenParts;
import dev.stowage.core.multipart.PartInfo;
import dev.stowage.core.multipart.PartLimits;
import dev.stowage.core.multipart.PartNumber;
import dev.stowage.core.multipart.PartTag;
import dev.stowage.core.multipart.UploadId;
import dev.stowage.core.multipart.UploadInfo;
import dev.stowage.core.object.Checksum;
import dev.stowage.core.object.Content;
import dev.stowage.core.object.ObjectAttributes;
import dev.stowage.core.object.ObjectInfo;
import dev.stowage.core.object.ObjectRange;
import dev.stowage.core.object.WriteCondition;
import dev.stowage.core.port.MultipartStore;
import dev.stowage.core.port.Page;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadRequest;

/** Multipart uploads of clients: those of the store, with its ids. */
final class S3MultipartStore implements MultipartStore {

    private final Connection connection;
    private final S3PartPut partPut;
    private final S3PartCopy partCopy;
    private final PartListing parts;
    private final UploadListing uploads;
    private final UploadCompletion completion;
    private final S3Head heads;
    /** Completions in progress: AWS lets all of several concurrent completions succeed. */
    private final Set<UploadId> completing = ConcurrentHashMap.newKeySet();

    S3MultipartStore(
            Connection connection,
            S3PartPut partPut,
            S3PartCopy partCopy,
            PartListing parts,
            UploadListing uploads,
            UploadCompletion completion,
            S3Head heads) {
        this.connection = connection;
        this.partPut = partPut;
        this.partCopy = partCopy;
        this.parts = parts;
        this.uploads = uploads;
        this.completion = completion;
        this.heads = heads;
    }

    @Override
    public PartLimits limits() {
        return PartLimits.S3;
    }

    @Override
    public UploadId create(ObjectKey key, ObjectAttributes attributes) {
        CreateMultipartUploadRequest.Builder request = CreateMultipartUploadRequest.builder();
        StoredAttributes.of(attributes).describe(request);
        return OpenUpload.create(connection, key, request);
    }

    @Override
    public PartInfo putPart(
            ObjectKey key, UploadId upload, PartNumber number, Content content, List<Checksum> expected) {
        return partPut.put(key, upload, number, content, expected);
    }

    @Override
    public Optional<PartInfo> copyPart(ObjectKey key, UploadId upload, PartNumber number, ObjectRange source) {
        return partCopy.copy(key, upload, number, source);
    }

    /**
     * {@inheritDoc}
     *
     * <p>The parts are listed first: AWS responds to a repeated completion with success, and stores differ in what they check.
     */
    @Override
    public ObjectInfo complete(ObjectKey key, UploadId upload, List<PartTag> chosen, WriteCondition condition) {
        if (!completing.add(upload)) {
            throw new Conflict("Another request is completing the upload " + upload);
        }
        try {
            return completeAlone(key, upload, chosen, condition);
        } finally {
            completing.remove(upload);
        }
    }

    private ObjectInfo completeAlone(ObjectKey key, UploadId upload, List<PartTag> chosen, WriteCondition condition) {
        long size = ChosenParts.of(chosen, List.copyOf(parts.all(key, upload).values()), PartLimits.S3.minSize())
                .size();
        List<CompletedPart> completed = chosen.stream()
                .map(tag -> OpenUpload.part(tag.number().value(), tag.etag().quoted()))
                .toList();
        UploadCompletion.Completed object = completion.complete(key, upload, completed, condition, found -> false);
        return heads.stat(key)
                .filter(info -> info.etag().equals(object.etag()))
                .orElseGet(() -> new ObjectInfo(key, size, object.etag(), object.time(), ObjectAttributes.DEFAULT));
    }

    /**
     * {@inheritDoc}
     *
     * <p>The upload is checked first: some stores (s3proxy) respond to any abort with success.
     */
    @Override
    public void abort(ObjectKey key, UploadId upload) {
        parts.checkOpen(key, upload);
        try {
            connection
                    .small()
                    .abortMultipartUpload(request ->
                            request.bucket(connection.bucket()).key(key.value()).uploadId(upload.value()));
        } catch (RuntimeException e) {
            if (S3Errors.isNotFound(e) && S3Errors.repeated(e)) {
                return;
            }
            throw S3Errors.translate(e, Target.of(key, upload));
        }
    }

    @Override
    public Page<PartInfo, PartNumber> listParts(
            ObjectKey key, UploadId upload, int maxParts, Optional<PartNumber> after) {
        return parts.page(key, upload, maxParts, after);
    }

    @Override
    public Page<UploadInfo, String> listUploads(KeyPrefix prefix, int maxUploads, Optional<String> token) {
        return uploads.page(prefix, maxUploads, token);
    }
}
