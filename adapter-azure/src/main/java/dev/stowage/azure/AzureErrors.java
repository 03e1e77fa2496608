package dev.stowage.azure;

import com.azure.storage.blob.models.BlobStorageException;
import dev.stowage.core.error.Conflict;
import dev.stowage.core.error.ErrorCode;
import dev.stowage.core.error.InvalidInput;
import dev.stowage.core.error.NotFound;
import dev.stowage.core.error.NotSupported;
import dev.stowage.core.error.ObjectArchived;
import dev.stowage.core.error.PayloadTooLarge;
import dev.stowage.core.error.PreconditionFailed;
import dev.stowage.core.error.StorageException;
import dev.stowage.core.error.StorageRejected;
import dev.stowage.core.error.StorageUnavailable;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Translates the exceptions of the SDK to those of the core.
 *
 * @see <a href="https://learn.microsoft.com/rest/api/storageservices/blob-service-error-codes">Error codes of blobs</a>
 */
final class AzureErrors {

    private AzureErrors() {}

    /**
     * Returns the meaning of a failure.
     *
     * @param name of the blob that the call was about
     */
    static StorageException translate(RuntimeException failure, String name) {
        String key = name.startsWith(BlobNames.INTERNAL)
                ? "an open upload"
                : BlobNames.OF_KEYS.decode(name).orElse(name);
        return StorageException.within(failure)
                .orElseGet(() -> failure instanceof BlobStorageException answer ? byCode(answer, key) : lost(failure));
    }

    /**
     * Returns the result of a call of the SDK.
     *
     * @param name of the blob that it is about, or the beginning of names
     */
    static <T> T translated(String name, Supplier<T> call) {
        try {
            return call.get();
        } catch (RuntimeException e) {
            throw translate(e, name);
        }
    }

    private static StorageUnavailable lost(RuntimeException failure) {
        return new StorageUnavailable(
                Thread.currentThread().isInterrupted()
                        ? "The call was interrupted"
                        : "The store can't be reached or does not respond. Try again later.",
                failure);
    }

    private static StorageException byCode(BlobStorageException answer, String key) {
        String code = answer.getErrorCode() == null ? "" : answer.getErrorCode().toString();
        return switch (code) {
            case "ContainerNotFound", "ContainerBeingDeleted", "ContainerDisabled" ->
                new StorageRejected(
                        "The store's container is missing; create it, or set AZURE_CREATE_CONTAINER=true", answer);
            case "BlobArchived", "BlobBeingRehydrated" -> new ObjectArchived(key);
            case "BlobAlreadyExists", "ConditionNotMet", "TargetConditionNotMet" -> preconditionFailed(key);
            case "SourceConditionNotMet" -> sourceChanged();
            case "BlobImmutableDueToPolicy", "BlobImmutableDueToLegalHold" ->
                new StorageRejected("The store does not permit changes of this file", answer);
            // A write to the blob has discarded its blocks.
            case "InvalidBlockList" -> conflict(key);
            case "MetadataTooLarge", "RequestHeaderFieldsTooLarge" ->
                new InvalidInput(
                        ErrorCode.INVALID_REQUEST,
                        "The metadata exceeds the store's limit of 8 KiB, where other characters than ASCII count more",
                        Map.of("field", "metadata"));
            default -> byStatus(answer, key);
        };
    }

    private static StorageException byStatus(BlobStorageException answer, String key) {
        return switch (answer.getStatusCode()) {
            case 404 -> NotFound.file(key);
            case 409, 412 -> conflict(key);
            case 413 -> new PayloadTooLarge(Blobs.MAX_PUT);
            case 501 -> new NotSupported("This store does not support the operation");
            case 408, 429, 500, 502, 503, 504 ->
                new StorageUnavailable("The store is overloaded or failing. Try again later.", answer);
            default -> new StorageRejected("The store refused the request", answer);
        };
    }

    static PreconditionFailed preconditionFailed(String key) {
        return new PreconditionFailed("The file at " + key + " does not match the condition", key);
    }

    /** The failure of a call that uses another blob, of which it has seen a version that is gone. */
    static Conflict sourceChanged() {
        return new Conflict("The file was replaced or deleted during the call. Try again.");
    }

    private static Conflict conflict(String key) {
        return new Conflict("Another request is writing to " + key + ". Try again.");
    }
}
