package dev.stowage.core.error;

import java.util.Map;

/** The body is larger than permitted. Nothing was stored. */
public final class PayloadTooLarge extends StorageException {

    /** @param maxSize the maximum size in bytes */
    public PayloadTooLarge(long maxSize) {
        super(
                ErrorCode.PAYLOAD_TOO_LARGE,
                "The file exceeds the limit of " + maxSize
                        + " bytes for one upload through the service. Use a presigned URL or a multipart upload.",
                Map.of("max_size", maxSize),
                null);
    }
}
