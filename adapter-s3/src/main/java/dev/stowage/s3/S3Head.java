package dev.stowage.s3;

import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.object.ObjectInfo;
import java.util.Optional;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;

/** Reads the metadata of objects. */
final class S3Head {

    private final Connection connection;

    S3Head(Connection connection) {
        this.connection = connection;
    }

    Optional<ObjectInfo> stat(ObjectKey key) {
        return find(key).map(head -> Responses.info(key, head));
    }

    /** The store's response; empty when the object does not exist. */
    Optional<HeadObjectResponse> find(ObjectKey key) {
        try {
            return Optional.of(connection
                    .small()
                    .headObject(request -> request.bucket(connection.bucket()).key(key.value())));
        } catch (RuntimeException e) {
            if (S3Errors.isAbsent(e, key)) {
                return Optional.empty();
            }
            throw S3Errors.translate(e, Target.of(key));
        }
    }
}
