package dev.stowage.core.error;

import java.util.Map;

/** The bytes received do not match a digest that came with them. Nothing was stored. */
public final class ChecksumMismatch extends StorageException {

    public ChecksumMismatch(String algorithm, String expected, String actual) {
        super(
                ErrorCode.CHECKSUM_MISMATCH,
                "The body does not match the " + algorithm + " digest sent with it; nothing was stored. Send it again.",
                Map.of("algorithm", algorithm, "expected", expected, "actual", actual),
                null);
    }
}
