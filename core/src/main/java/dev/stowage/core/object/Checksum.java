package dev.stowage.core.object;

import dev.stowage.core.error.ErrorCode;
import dev.stowage.core.error.InvalidInput;
import java.util.Base64;

/**
 * A digest of bytes.
 *
 * @param base64 the digest in canonical padded base64, of the algorithm's length
 */
public record Checksum(ChecksumAlgorithm algorithm, String base64) {

    /** @throws InvalidInput when the text is not base64, or has the wrong length for the algorithm */
    public Checksum {
        byte[] bytes;
        try {
            bytes = Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            throw invalid(algorithm);
        }
        if (bytes.length != algorithm.length()) {
            throw invalid(algorithm);
        }
        base64 = Base64.getEncoder().encodeToString(bytes);
    }

    /** Returns the checksum with the digest {@code bytes}. */
    public static Checksum of(ChecksumAlgorithm algorithm, byte[] bytes) {
        return new Checksum(algorithm, Base64.getEncoder().encodeToString(bytes));
    }

    /** Returns the digest. */
    public byte[] bytes() {
        return Base64.getDecoder().decode(base64);
    }

    private static InvalidInput invalid(ChecksumAlgorithm algorithm) {
        return new InvalidInput(
                ErrorCode.INVALID_REQUEST,
                "A " + algorithm.id() + " digest must be " + algorithm.length() + " bytes in base64");
    }
}
