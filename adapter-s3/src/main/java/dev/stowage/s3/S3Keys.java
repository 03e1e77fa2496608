package dev.stowage.s3;

import dev.stowage.core.error.InvalidInput;
import dev.stowage.core.key.ObjectKey;
import java.util.Optional;

/** Validates keys of objects that other programs may have created. */
final class S3Keys {

    private S3Keys() {}

    /** The key; empty when the name is not a valid key. */
    static Optional<ObjectKey> of(String name) {
        try {
            return Optional.of(new ObjectKey(name));
        } catch (InvalidInput e) {
            return Optional.empty();
        }
    }
}
