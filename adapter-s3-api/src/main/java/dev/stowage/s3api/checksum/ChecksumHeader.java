package dev.stowage.s3api.checksum;

import dev.stowage.core.object.ChecksumAlgorithm;
import dev.stowage.s3api.error.S3ErrorCode;
import dev.stowage.s3api.error.S3ErrorException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The checksums that S3 knows, by their names in headers, elements and parameters
 * (<a href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/checking-object-integrity-upload.html">Checking object integrity</a>).
 */
public final class ChecksumHeader {

    /** The algorithms that S3 has. */
    public static final List<ChecksumAlgorithm> ALGORITHMS = List.of(
            ChecksumAlgorithm.CRC32,
            ChecksumAlgorithm.CRC32C,
            ChecksumAlgorithm.CRC64NVME,
            ChecksumAlgorithm.SHA1,
            ChecksumAlgorithm.SHA256);

    private static final String PREFIX = "x-amz-checksum-";

    private ChecksumHeader() {}

    /** Returns the name of the header and the trailer, in lower case. */
    public static String name(ChecksumAlgorithm algorithm) {
        return PREFIX + id(algorithm).toLowerCase(Locale.ROOT);
    }

    /** Returns the name as a value, such as {@code CRC64NVME} and {@code SHA256}. */
    public static String id(ChecksumAlgorithm algorithm) {
        return algorithm.name();
    }

    /** Returns the algorithm with that {@link #id}, in any case; empty when S3 has none. */
    public static Optional<ChecksumAlgorithm> ofId(String id) {
        return ALGORITHMS.stream()
                .filter(algorithm -> id(algorithm).equalsIgnoreCase(id))
                .findFirst();
    }

    /** Returns the algorithm with that {@link #name}, in any case; empty when S3 has none. */
    public static Optional<ChecksumAlgorithm> ofName(String name) {
        return ALGORITHMS.stream()
                .filter(algorithm -> name(algorithm).equalsIgnoreCase(name))
                .findFirst();
    }

    /** 400 for a checksum that is not that of the data. */
    public static S3ErrorException mismatch(ChecksumAlgorithm algorithm) {
        return new S3ErrorException(
                S3ErrorCode.BAD_DIGEST,
                "The " + id(algorithm) + " you specified did not match the calculated checksum; nothing was stored");
    }
}
