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
import dev.stowage.core.multipart.PartPage;
import dev.stowage.core.multipart.PartTag;
import dev.stowage.core.multipart.UploadId;
import dev.stowage.core.multipart.UploadPage;
import dev.stowage.core.object.Checksum;
import dev.stowage.core.object.Content;
import dev.stowage.core.object.ObjectAttributes;
import dev.stowage.core.object.ObjectInfo;
import dev.stowage.core.object.WriteCondition;
import java.util.List;
import java.util.Optional;

/**
 * Objects that are uploaded in parts, in any order and in parallel, and appear when they are completed.
 *
 * <p>What {@link ObjectStore} says of concurrency, errors, waits and interruption holds here too. {@link NotFound} with
 * {@code UPLOAD_NOT_FOUND} is the answer for an upload that was never begun under this key, was completed, or was aborted.
 */
public interface MultipartStore {

    /** How large parts may be. */
    PartLimits limits();

    /** Begins an upload. Repeating it begins another one; nothing is seen under the key until one is completed. */
    UploadId create(ObjectKey key, ObjectAttributes attributes);

    /**
     * Stores a part. The same number again replaces the part; of concurrent attempts at one number, the last to finish stays. When
     * the content ends early or fails, nothing is stored, and a part that was there under the number is still there.
     *
     * @param expected digests that the bytes must match
     * @throws NotFound when there is no such upload
     * @throws ChecksumMismatch when the bytes differ from a digest
     * @throws BrokenContent when the content is shorter or longer than it said, or can't be read
     * @throws InvalidInput when the part is over {@link PartLimits#maxSize()}
     */
    PartInfo putPart(ObjectKey key, UploadId upload, PartNumber number, Content content, List<Checksum> expected);

    /**
     * Makes the object of exactly these parts, atomically; the upload's other parts are discarded. After a success the upload is
     * no longer there: a repetition gets {@link NotFound}. Of two at once, one succeeds.
     *
     * @param parts at least one, in ascending order of their numbers
     * @throws NotFound when there is no such upload
     * @throws InvalidInput {@code INVALID_PART} when a part is not there or has another tag, {@code PART_TOO_SMALL} when one but
     *     the last is under {@link PartLimits#minSize()}, {@code INVALID_PART_ORDER} when the numbers do not ascend; the upload
     *     stays open
     * @throws PreconditionFailed when the condition does not hold; the upload stays open
     */
    ObjectInfo complete(ObjectKey key, UploadId upload, List<PartTag> parts, WriteCondition condition);

    /**
     * Ends an upload and frees its parts. A part that is being stored meanwhile either fails or is freed as well, at the latest
     * by a second abort.
     *
     * @throws NotFound when there is no such upload
     */
    void abort(ObjectKey key, UploadId upload);

    /**
     * A page of the parts that the store holds, by ascending number.
     *
     * @param maxParts 1 to 1000
     * @param after only parts with higher numbers; empty for the first page
     * @throws NotFound when there is no such upload
     */
    PartPage listParts(ObjectKey key, UploadId upload, int maxParts, Optional<PartNumber> after);

    /**
     * A page of the open uploads under a prefix, by the UTF-8 bytes of their keys.
     *
     * @param maxUploads 1 to 1000
     * @param token what the page before gave; empty for the first page
     * @throws InvalidInput when the token is none that this store gave
     */
    UploadPage listUploads(KeyPrefix prefix, int maxUploads, Optional<String> token);
}
