package dev.stowage.http.digest;

import dev.stowage.core.error.NotSupported;
import dev.stowage.core.object.Checksum;
import dev.stowage.core.object.ChecksumAlgorithm;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/**
 * The digest headers of S3 clients: {@code x-amz-checksum-ALGORITHM} in base64, and {@code x-amz-content-sha256} in hexadecimal. A header
 * that only names an algorithm requires the digest in its own header.
 *
 * @param names the names of all fields
 * @param values returns the values of a field, by its case-insensitive name
 */
record AmazonChecksums(List<String> names, Function<String, List<String>> values) {

    static final String PAYLOAD = "x-amz-content-sha256";
    static final String UNSIGNED = "UNSIGNED-PAYLOAD";

    private static final String PREFIX = "x-amz-checksum-";

    /** Headers about digests that carry none. */
    private static final List<String> OTHERS = List.of(PREFIX + "algorithm", PREFIX + "type", PREFIX + "mode");

    private static final List<String> ALGORITHM_NAMES = List.of(PREFIX + "algorithm", "x-amz-sdk-checksum-algorithm");

    private static final Map<String, ChecksumAlgorithm> ALGORITHMS = Map.of(
            "sha256", ChecksumAlgorithm.SHA256,
            "sha1", ChecksumAlgorithm.SHA1,
            "sha512", ChecksumAlgorithm.SHA512,
            "md5", ChecksumAlgorithm.MD5,
            "crc32", ChecksumAlgorithm.CRC32,
            "crc32c", ChecksumAlgorithm.CRC32C,
            "crc64nvme", ChecksumAlgorithm.CRC64NVME);

    /** @param name in lower case */
    static boolean isChecksum(String name) {
        return name.startsWith(PREFIX) && !OTHERS.contains(name);
    }

    /**
     * @throws dev.stowage.core.error.InvalidInput when a digest is malformed, or an announced one is missing
     * @throws NotSupported when the algorithm of a digest is not supported
     */
    List<Checksum> all() {
        List<Checksum> digests = new ArrayList<>();
        for (String name : names.stream()
                .map(name -> name.toLowerCase(Locale.ROOT))
                .distinct()
                .toList()) {
            if (isChecksum(name)) {
                ChecksumAlgorithm algorithm = algorithm(name, name.substring(PREFIX.length()));
                values.apply(name).forEach(value -> digests.add(DigestHeaders.checksum(name, algorithm, value)));
            }
        }
        ALGORITHM_NAMES.forEach(this::checkPresent);
        values.apply(PAYLOAD).stream()
                .map(String::strip)
                .filter(value -> !value.equals(UNSIGNED))
                .forEach(value -> digests.add(payload(value)));
        return digests;
    }

    private void checkPresent(String name) {
        for (String value : values.apply(name)) {
            String id = value.strip().toLowerCase(Locale.ROOT);
            algorithm(name, id);
            if (values.apply(PREFIX + id).isEmpty()) {
                throw DigestHeaders.invalid(
                        name,
                        name + " names " + value.strip() + ", but the digest is missing; send it as " + PREFIX + id);
            }
        }
    }

    private static ChecksumAlgorithm algorithm(String header, String id) {
        ChecksumAlgorithm algorithm = ALGORITHMS.get(id);
        if (algorithm == null) {
            throw new NotSupported("The algorithm that the header " + header
                    + " names is not supported; send x-amz-checksum-sha256, or omit the digest");
        }
        return algorithm;
    }

    private static Checksum payload(String value) {
        if (value.startsWith("STREAMING-")) {
            throw new NotSupported(
                    "Bodies in signed chunks (aws-chunked) are not supported; send the plain bytes, with " + PAYLOAD
                            + ": " + UNSIGNED + " or their digest");
        }
        try {
            String base64 = Base64.getEncoder().encodeToString(HexFormat.of().parseHex(value));
            return DigestHeaders.checksum(PAYLOAD, ChecksumAlgorithm.SHA256, base64);
        } catch (IllegalArgumentException e) {
            throw DigestHeaders.invalid(PAYLOAD, PAYLOAD + " must be a SHA-256 in hexadecimal digits, or " + UNSIGNED);
        }
    }
}
