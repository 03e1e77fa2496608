package dev.stowage.s3;

import dev.stowage.core.error.PreconditionFailed;
import dev.stowage.core.error.StorageException;
import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.object.WriteCondition;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;

/** The headers of a conditional write (RFC 9110, sections 13.1.1 and 13.1.2); {@code null} leaves a header out. */
record WriteConditionHeaders(
        @Nullable String ifMatch, @Nullable String ifNoneMatch) {

    static WriteConditionHeaders of(WriteCondition condition) {
        if (condition instanceof WriteCondition.IfMatch match) {
            return new WriteConditionHeaders(match.etag().quoted(), null);
        }
        return new WriteConditionHeaders(null, condition instanceof WriteCondition.IfAbsent ? "*" : null);
    }

    boolean any() {
        return ifMatch != null || ifNoneMatch != null;
    }

    /** Translates a write's failure. S3 responds to {@code If-Match} on a missing object with 404. */
    StorageException translate(RuntimeException failure, Target target) {
        return ifMatch != null && S3Errors.isMissingObject(failure)
                ? new PreconditionFailed("No file at " + target.name(), target.name())
                : S3Errors.translate(failure, target);
    }

    /** @throws PreconditionFailed when {@code found} does not match the condition */
    void check(ObjectKey key, Optional<HeadObjectResponse> found) {
        if (ifNoneMatch != null && found.isPresent()) {
            throw new PreconditionFailed("A file exists at " + key, key.value());
        }
        boolean same = found.filter(head -> Responses.etag(head).quoted().equals(ifMatch))
                .isPresent();
        if (ifMatch != null && !same) {
            throw new PreconditionFailed("The file at " + key + " was replaced or deleted", key.value());
        }
    }
}
