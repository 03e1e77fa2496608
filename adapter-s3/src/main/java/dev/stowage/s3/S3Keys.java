package dev.stowage.s3;

import dev.stowage.core.error.InvalidInput;
import dev.stowage.core.key.ObjectKey;
import java.util.Optional;

/** S3Keys among the names that others may have given. */
final class S3Keys {

    private S3Keys() {}

    /** Empty when the name breaks the rules for keys. */
    static Optional<ObjectKey> of(String name) {
        try {
            return Optional.of(new ObjectKey(name));
        } catch (InvalidInput e) {
            return Optional.empty();
        }
    }
}
