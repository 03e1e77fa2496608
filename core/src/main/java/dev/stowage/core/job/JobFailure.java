package dev.stowage.core.job;

import dev.stowage.core.error.StorageException;

/**
 * Why a job or an item failed, in terms that clients may see.
 *
 * @param error the name of an {@link dev.stowage.core.error.ErrorCode}
 * @param message for people
 */
public record JobFailure(String error, String message) {

    /** Replaces NUL and unpaired surrogates in the message by U+FFFD. */
    public JobFailure {
        message = StorableText.of(message);
    }

    /** Returns the failure that a client sees for an exception. */
    public static JobFailure of(StorageException failure) {
        String message = failure.getMessage();
        String error = failure.code().id();
        return new JobFailure(error, message == null ? error : message);
    }
}
