package dev.stowage.core.port;

import dev.stowage.core.error.BrokenContent;
import dev.stowage.core.error.ChecksumMismatch;
import dev.stowage.core.error.InvalidInput;
import dev.stowage.core.error.NotFound;
import dev.stowage.core.error.PreconditionFailed;
import dev.stowage.core.key.KeyPrefix;
import dev.stowage.core.key.ObjectKey;
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
import java.util.List;
import java.util.Optional;

/**
 * Multipart uploads. Parts are uploaded in any order and in parallel, and the object appears when the upload is completed.
 *
 * <p>The rules of {@link ObjectStore} for concurrency, errors, waits and interruption apply here, too. An upload that was never created
 * under this key, was completed, or was aborted is answered with {@link NotFound} {@code UPLOAD_NOT_FOUND}.
 */
public interface MultipartStore {

    /** Returns the limits of part sizes; they never change. A store without a minimum has a minimum of 1. */
    PartLimits limits();

    /** Creates an upload. A repetition creates another one. Nothing is visible under the key until an upload is completed. */
    UploadId create(ObjectKey key, ObjectAttributes attributes);

    /**
     * Stores a part. A second part with the same number replaces the first; of concurrent attempts at one number, the last to finish is
     * kept. When the content ends early or fails, nothing is stored, and an existing part of that number is kept.
     *
     * @param expected digests that the bytes must match
     * @throws NotFound when there is no such upload
     * @throws ChecksumMismatch when the bytes differ from a digest
     * @throws BrokenContent when the content is shorter or longer than declared, or can't be read
     * @throws InvalidInput when the part is larger than {@link PartLimits#maxSize()}
     */
    PartInfo putPart(ObjectKey key, UploadId upload, PartNumber number, Content content, List<Checksum> expected);

    /**
     * Stores a part with bytes of an object of this store, which do not pass through the caller. Otherwise like {@link #putPart}. The part
     * keeps its bytes when the object is replaced or deleted later. May take longer than other calls without a body, as long as each
     * request to a remote store is within their bounds.
     *
     * @return the part; empty when the store can't do so by itself, at all or with this range. Nothing has changed then, and the caller
     *     reads the bytes and calls {@link #putPart}
     * @throws NotFound when there is no such upload, or no such object
     * @throws PreconditionFailed when the object under the key is another version; nothing is stored
     * @throws InvalidInput when the range is larger than {@link PartLimits#maxSize()}
     */
    Optional<PartInfo> copyPart(ObjectKey key, UploadId upload, PartNumber number, ObjectRange source);

    /**
     * Creates the object from exactly these parts, atomically, and discards the upload's other parts. The upload then no longer exists: a
     * repetition fails with {@link NotFound}. Of two concurrent calls, one succeeds.
     *
     * <p>After a failure with {@link InvalidInput} or {@link PreconditionFailed}, the upload is open and has all its parts. After any other
     * failure the outcome is unknown: the upload may be completed, may be open with its parts, or, in stores that consume the parts one by
     * one, may be open without some of them. The service then looks at the object, and if it is not the new one, lists the parts again.
     *
     * <p>The upload is looked for first. If a part is not valid and the condition does not hold either, the store may report either.
     *
     * @param parts at least one, in ascending order of their numbers
     * @throws NotFound when there is no such upload
     * @throws InvalidInput {@code INVALID_PART} when a part does not exist or has another ETag, {@code PART_TOO_SMALL} when a part other
     *     than the last is smaller than {@link PartLimits#minSize()}, {@code INVALID_PART_ORDER} when the numbers do not ascend; the upload
     *     stays open
     * @throws PreconditionFailed when the condition does not hold; the upload stays open
     * @throws dev.stowage.core.error.NotSupported for a condition without {@link Capability#CONDITIONAL_COMPLETE} or
     *     {@link Capability#IF_ABSENT}; the upload stays open
     */
    ObjectInfo complete(ObjectKey key, UploadId upload, List<PartTag> parts, WriteCondition condition);

    /**
     * Aborts an upload and deletes its parts. A part that is being stored at the same time either fails or is deleted as well, at the
     * latest by a second abort.
     *
     * @throws NotFound when there is no such upload
     */
    void abort(ObjectKey key, UploadId upload);

    /**
     * Returns a page of the parts that the store holds, by ascending number. The position of the next page is the last number of this one.
     *
     * @param maxParts 1 to 1000
     * @param after the page starts after this number; empty for the first page
     * @throws NotFound when there is no such upload
     */
    Page<PartInfo, PartNumber> listParts(ObjectKey key, UploadId upload, int maxParts, Optional<PartNumber> after);

    /**
     * Returns a page of the open uploads under a prefix, in the order of the UTF-8 bytes of their keys, and by creation for the same key. A
     * page that is not the last may be empty.
     *
     * @param maxUploads 1 to 1000
     * @param token the position that the previous page returned, a continuation token; empty for the first page
     * @throws InvalidInput when the token did not come from this store
     */
    Page<UploadInfo, String> listUploads(KeyPrefix prefix, int maxUploads, Optional<String> token);
}
