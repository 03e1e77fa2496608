package dev.stowage.s3api.operation;

import dev.stowage.core.error.AccessDenied;
import dev.stowage.core.error.Conflict;
import dev.stowage.core.error.NotFound;
import dev.stowage.core.error.PreconditionFailed;
import dev.stowage.core.file.Files;
import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.object.Preconditions;
import dev.stowage.s3api.error.S3ErrorCode;
import dev.stowage.s3api.error.S3ErrorException;
import dev.stowage.s3api.error.S3ErrorMapper;
import java.util.function.Supplier;

/** The object that a request replaces or deletes. S3 tells a condition that an object does not meet from one on an object that is missing. */
final class WriteTarget {

    private WriteTarget() {}

    /**
     * Writes an object under conditions.
     *
     * @throws S3ErrorException {@code ConditionalRequestConflict} when another request writes at the same time
     * @throws NotFound when the conditions require an object, and there is none (Amazon S3 User Guide, "How to prevent object overwrites with
     *     conditional writes")
     */
    static <T> T write(S3Call call, Files files, Preconditions conditions, Supplier<T> write) {
        try {
            return write.get();
        } catch (PreconditionFailed failed) {
            if (conditions.ifMatch().isPresent() && isMissing(call, files, call.key())) {
                throw NotFound.file(call.key().value());
            }
            throw failed;
        } catch (Conflict conflict) {
            if (conditions.isEmpty()) {
                throw conflict;
            }
            throw new S3ErrorException(
                    S3ErrorCode.CONDITIONAL_REQUEST_CONFLICT,
                    S3ErrorMapper.map(conflict).message());
        }
    }

    /** Whether there is no such object. A caller who may not read it does not learn that. */
    static boolean isMissing(S3Call call, Files files, ObjectKey key) {
        try {
            return files.stat(call.caller(), key).isEmpty();
        } catch (AccessDenied unknown) {
            return false;
        }
    }
}
