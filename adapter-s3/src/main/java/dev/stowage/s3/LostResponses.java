package dev.stowage.s3;

import dev.stowage.core.error.NotFound;
import dev.stowage.core.error.PreconditionFailed;
import dev.stowage.core.error.StorageException;
import dev.stowage.core.error.StorageUnavailable;
import dev.stowage.core.key.ObjectKey;
import java.util.Optional;
import java.util.function.Predicate;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;

/** Determines the outcome of a write whose response was lost. */
final class LostResponses {

    private final S3Head heads;

    LostResponses(S3Head heads) {
        this.heads = heads;
    }

    /**
     * The object that the write stored in spite of {@code failure}.
     *
     * @param meaning the translation of {@code failure}
     * @param own recognizes the write's own object
     * @throws StorageException {@code meaning}, when nothing was written or the outcome is unknown; a refusal that may be
     *     caused by an earlier attempt of the same call becomes {@link StorageUnavailable}
     */
    HeadObjectResponse find(
            ObjectKey key, RuntimeException failure, StorageException meaning, Predicate<HeadObjectResponse> own) {
        if (!S3Errors.outcomeIsUnknown(failure) || Thread.currentThread().isInterrupted()) {
            throw meaning;
        }
        Optional<HeadObjectResponse> stored = head(key, meaning).filter(own);
        if (stored.isPresent()) {
            return stored.get();
        }
        if (meaning instanceof PreconditionFailed || meaning instanceof NotFound) {
            throw new StorageUnavailable(
                    "The store's response was lost, so it is unknown whether the file was written. Check the file, and try again.",
                    failure);
        }
        throw meaning;
    }

    private Optional<HeadObjectResponse> head(ObjectKey key, StorageException meaning) {
        try {
            return heads.find(key);
        } catch (StorageException e) {
            meaning.addSuppressed(e);
            return Optional.empty();
        }
    }
}
