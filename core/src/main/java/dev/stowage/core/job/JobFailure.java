package dev.stowage.core.job;

import dev.stowage.core.error.StorageException;

/**
 * Why a job or an item failed, as clients may know it.
 *
 * @param error an {@link dev.stowage.core.error.ErrorCode}'s name
 * @param message for people
 */
public record JobFailure(String error, String message) {

    /** What {@code failure} is to a client. */
    public static JobFailure of(StorageException failure) {
        String message = failure.getMessage();
        String error = failure.code().id();
        return new JobFailure(error, message == null ? error : message);
    }
}
