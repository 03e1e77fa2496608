package dev.stowage.s3;

import dev.stowage.core.error.NotFound;
import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.multipart.UploadId;
import java.util.Optional;

/**
 * The target of a call, for its errors.
 *
 * @param name the key, or a description of something larger
 */
record Target(String name, Optional<UploadId> upload) {

    static Target of(ObjectKey key) {
        return new Target(key.value(), Optional.empty());
    }

    static Target of(ObjectKey key, UploadId upload) {
        return new Target(key.value(), Optional.of(upload));
    }

    NotFound missingUpload() {
        return NotFound.upload(name, upload.map(UploadId::value).orElse("with this id"));
    }
}
