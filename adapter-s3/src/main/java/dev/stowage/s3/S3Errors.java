package dev.stowage.s3;

import dev.stowage.core.error.Conflict;
import dev.stowage.core.error.ErrorCode;
import dev.stowage.core.error.InvalidInput;
import dev.stowage.core.error.NotFound;
import dev.stowage.core.error.NotSupported;
import dev.stowage.core.error.ObjectArchived;
import dev.stowage.core.error.PayloadTooLarge;
import dev.stowage.core.error.PreconditionFailed;
import dev.stowage.core.error.StorageException;
import dev.stowage.core.error.StorageFull;
import dev.stowage.core.error.StorageRejected;
import dev.stowage.core.error.StorageUnavailable;
import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.multipart.PartLimits;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * Translates exceptions of the SDK to exceptions of the core, by the error code or, where a store sends none or an unknown one, by the
 * status.
 *
 * @see <a href="https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html">S3 error responses</a>
 */
final class S3Errors {

    /** The code for a key, or a segment of one, that exceeds a limit of the store. */
    static final String KEY_TOO_LONG = "KeyTooLongError";

    /** In bytes: most file systems allow names of at most 255. */
    private static final Pattern LONG_SEGMENT = Pattern.compile("[^/]{256}");

    private S3Errors() {}

    /** The failure of a call on {@code target}. An exception of the body's stream is returned as it is. */
    static StorageException translate(RuntimeException failure, Target target) {
        Optional<StorageException> ours = StorageException.within(failure);
        if (ours.isPresent()) {
            return ours.get();
        }
        if (failure instanceof AwsServiceException answer) {
            return byCode(answer, code(answer), target);
        }
        if (failure instanceof AbortedException || Thread.currentThread().isInterrupted()) {
            Thread.currentThread().interrupt();
            return interrupted(failure);
        }
        return new StorageUnavailable("The store can't be reached or does not respond. Try again later.", failure);
    }

    /** The failure of a call on the whole bucket: a missing resource is the bucket. */
    static StorageException bucket(RuntimeException failure) {
        return isNotFound(failure)
                ? new StorageRejected("The store's bucket is missing", failure)
                : translate(failure, new Target("the bucket", Optional.empty()));
    }

    /** The failure of an interrupted call. The caller sets the thread's interrupt flag. */
    static StorageUnavailable interrupted(@Nullable Exception cause) {
        return new StorageUnavailable("The call was interrupted", cause);
    }

    /** Whether the store may have executed the request in spite of {@code failure}, because its response was lost. */
    static boolean outcomeIsUnknown(RuntimeException failure) {
        if (StorageException.within(failure).isPresent()) {
            return false;
        }
        return repeated(failure) || !(failure instanceof AwsServiceException answer) || answer.statusCode() >= 500;
    }

    /** Whether the SDK repeated the request, so that a refusal may be caused by its first attempt. */
    static boolean repeated(RuntimeException failure) {
        Integer attempts = failure instanceof SdkException sdk ? sdk.numAttempts() : null;
        return attempts != null && attempts > 1;
    }

    static boolean isPreconditionFailed(RuntimeException failure) {
        return failure instanceof AwsServiceException answer && answer.statusCode() == 412;
    }

    static boolean isNotFound(RuntimeException failure) {
        return failure instanceof AwsServiceException answer && answer.statusCode() == 404;
    }

    /**
     * Whether HEAD found no object, also because the store can't hold one with that key. Stores on a file system then respond with 400, and
     * a response to HEAD has no code.
     */
    static boolean isAbsent(RuntimeException failure, ObjectKey key) {
        return isNotFound(failure)
                || (failure instanceof AwsServiceException answer
                        && answer.statusCode() == 400
                        && LONG_SEGMENT.matcher(bytes(key)).find());
    }

    /** Returns the key with a char for each byte. */
    private static String bytes(ObjectKey key) {
        return new String(key.value().getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    }

    static boolean isKeyTooLong(RuntimeException failure) {
        return failure instanceof AwsServiceException answer && code(answer).equals(KEY_TOO_LONG);
    }

    /** Whether the object is missing, rather than the upload or the bucket. */
    static boolean isMissingObject(RuntimeException failure) {
        return failure instanceof AwsServiceException answer && code(answer).equals("NoSuchKey");
    }

    static boolean isRangeNotSatisfiable(RuntimeException failure) {
        return failure instanceof AwsServiceException answer && answer.statusCode() == 416;
    }

    /** Whether batch deletion failed as such: the store does not support it, or XML can't represent a key. */
    static boolean refusesBatches(RuntimeException failure) {
        return isNotImplemented(failure)
                || (failure instanceof AwsServiceException answer
                        && code(answer).equals("MalformedXML"));
    }

    /** Whether the store does not support object tags, or has them disabled. */
    static boolean knowsNoTags(RuntimeException failure) {
        return isNotImplemented(failure)
                || (failure instanceof AwsServiceException answer
                        && (code(answer).equals("NoSuchTagSet") || code(answer).equals("MethodNotAllowed")));
    }

    static boolean isNotImplemented(RuntimeException failure) {
        return failure instanceof AwsServiceException answer && answer.statusCode() == 501;
    }

    static String code(AwsServiceException answer) {
        AwsErrorDetails details = answer.awsErrorDetails();
        return details == null || details.errorCode() == null ? "" : details.errorCode();
    }

    private static StorageException byCode(AwsServiceException answer, String code, Target target) {
        return switch (code) {
            case "NoSuchKey" -> NotFound.file(target.name());
            case "InvalidObjectState", "ObjectNotInActiveTierError" -> new ObjectArchived(target.name());
            case "NoSuchUpload" -> target.missingUpload();
            case "PreconditionFailed" -> preconditionFailed(target);
            case "ConditionalRequestConflict", "OperationAborted" -> conflict(target);
            case "EntityTooSmall" ->
                new InvalidInput(
                        ErrorCode.PART_TOO_SMALL,
                        "Every part but the last must have at least " + PartLimits.S3.minSize() + " bytes");
            case "InvalidPart" ->
                new InvalidInput(ErrorCode.INVALID_PART, "A part was not uploaded, or has another ETag than listed");
            case "InvalidPartOrder" ->
                new InvalidInput(ErrorCode.INVALID_PART_ORDER, "List the parts in ascending order of their numbers");
            case "EntityTooLarge" -> new PayloadTooLarge(PartLimits.S3.maxSize());
            case "MetadataTooLarge" ->
                InvalidInput.ofField(
                        "metadata",
                        "The metadata exceeds the store's limit of 2 KiB, in which non-ASCII letters count"
                                + " several times");
            case KEY_TOO_LONG ->
                new InvalidInput(
                        ErrorCode.INVALID_KEY, "The key exceeds the store's limit", Map.of("reason", "too_long"));
            // versitygw and MinIO, whose keys are paths of a file system.
            case "ObjectParentIsFile", "XMinioParentIsObject" ->
                new Conflict(
                        "A part of the key " + target.name()
                                + " is itself the key of a file, below which this store can have no other. Choose another key.");
            case "QuotaExceeded", "XMinioStorageFull", "InsufficientCapacity" -> new StorageFull(answer);
            case "NoSuchBucket" -> new StorageRejected("The store's bucket is missing", answer);
            case "RequestTimeout", "IncompleteBody", "BadDigest", "SlowDown", "Throttling", "ThrottlingException" ->
                unavailable(answer);
            default -> byStatus(answer, target);
        };
    }

    private static StorageException byStatus(AwsServiceException answer, Target target) {
        return switch (answer.statusCode()) {
            case 404 -> target.upload().isPresent() ? target.missingUpload() : NotFound.file(target.name());
            case 409 -> conflict(target);
            case 412 -> preconditionFailed(target);
            case 408, 429 -> unavailable(answer);
            case 501 -> new NotSupported("This store does not support the operation");
            case 507 -> new StorageFull(answer);
            default ->
                answer.statusCode() >= 500 || answer.statusCode() < 300
                        ? unavailable(answer)
                        : new StorageRejected("The store refused the request", answer);
        };
    }

    private static StorageException preconditionFailed(Target target) {
        return new PreconditionFailed("The file at " + target.name() + " does not match the condition", target.name());
    }

    private static StorageException conflict(Target target) {
        return new Conflict("Another request is writing to " + target.name() + ". Try again.");
    }

    private static StorageException unavailable(AwsServiceException answer) {
        return new StorageUnavailable("The store is overloaded or failing. Try again later.", answer);
    }
}
