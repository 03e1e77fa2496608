package dev.stowage.s3;

import dev.stowage.core.error.NotFound;
import dev.stowage.core.error.PreconditionFailed;
import dev.stowage.core.error.StorageException;
import dev.stowage.core.error.StorageUnavailable;
import dev.stowage.core.key.ObjectKey;
import java.util.Optional;
import java.util.function.Predicate;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;

/** Finds out whether a write whose answer was lost took place. */
final class LostAnswers {

    private final S3Head heads;

    LostAnswers(S3Head heads) {
        this.heads = heads;
    }

    /**
     * The object that the write has stored in spite of {@code failure}.
     *
     * @param meaning of {@code failure}
     * @param own tells the write's own object
     * @throws StorageException {@code meaning}, when the write certainly did not take place or nobody can tell; a refusal that may be
     *     about an earlier attempt's own work becomes {@link StorageUnavailable}
     */
    HeadObjectResponse find(
            ObjectKey key, RuntimeException failure, StorageException meaning, Predicate<HeadObjectResponse> own) {
        if (!S3Errors.outcomeIsUnknown(failure) || Thread.currentThread().isInterrupted()) {
            throw meaning;
        }
        Optional<HeadObjectResponse> stored = look(key, meaning).filter(own);
        if (stored.isPresent()) {
            return stored.get();
        }
        if (meaning instanceof PreconditionFailed || meaning instanceof NotFound) {
            throw new StorageUnavailable(
                    "The store's answer was lost, and it is not known whether the file was written. Look, and try again.",
                    failure);
        }
        throw meaning;
    }

    private Optional<HeadObjectResponse> look(ObjectKey key, StorageException meaning) {
        try {
            return heads.find(key);
        } catch (StorageException e) {
            meaning.addSuppressed(e);
            return Optional.empty();
        }
    }
}
