package dev.stowage.s3api.checksum;

import dev.stowage.core.object.ChecksumAlgorithm;
import dev.stowage.s3api.error.S3ErrorCode;
import dev.stowage.s3api.error.S3ErrorException;
import java.util.Locale;
import java.util.Optional;

/**
 * What the checksum of an object made of parts is computed from
 * (<a href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/checking-object-integrity-upload.html">Checking object integrity</a>).
 */
public enum ChecksumType {
    /** The bytes of the object. */
    FULL_OBJECT,
    /** The checksums of its parts, followed by a dash and their number. */
    COMPOSITE;

    /** The header with the type. */
    public static final String HEADER = "x-amz-checksum-type";

    /** @throws S3ErrorException when there is no such type */
    public static ChecksumType parse(String text) {
        return switch (text.strip().toUpperCase(Locale.ROOT)) {
            case "FULL_OBJECT" -> FULL_OBJECT;
            case "COMPOSITE" -> COMPOSITE;
            default -> throw invalid("Value for x-amz-checksum-type header is invalid; use FULL_OBJECT or COMPOSITE");
        };
    }

    /**
     * Returns the type of the checksum that the service gives an object made of parts: that of the whole object, if it can be computed from
     * those of its parts. Clients can verify only that.
     */
    public static ChecksumType of(ChecksumAlgorithm algorithm) {
        return algorithm == ChecksumAlgorithm.SHA1 || algorithm == ChecksumAlgorithm.SHA256 ? COMPOSITE : FULL_OBJECT;
    }

    /** Checks what a client asks for. @throws S3ErrorException when the algorithm has no checksums of that type */
    public static void check(Optional<ChecksumAlgorithm> algorithm, Optional<ChecksumType> type) {
        if (type.isPresent() && algorithm.isEmpty()) {
            throw invalid("The x-amz-checksum-type header can only be used with the x-amz-checksum-algorithm header");
        }
        if (type.filter(FULL_OBJECT::equals).isPresent()
                && algorithm.filter(named -> of(named) == COMPOSITE).isPresent()) {
            throw invalid("The FULL_OBJECT checksum type cannot be used with the SHA algorithms");
        }
        if (type.filter(COMPOSITE::equals).isPresent()
                && algorithm.filter(ChecksumAlgorithm.CRC64NVME::equals).isPresent()) {
            throw invalid("The COMPOSITE checksum type cannot be used with the crc64nvme checksum algorithm");
        }
    }

    private static S3ErrorException invalid(String message) {
        return new S3ErrorException(S3ErrorCode.INVALID_REQUEST, message);
    }
}
