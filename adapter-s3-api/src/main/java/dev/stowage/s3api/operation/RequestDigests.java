package dev.stowage.s3api.operation;

import dev.stowage.core.error.InvalidInput;
import dev.stowage.core.object.Checksum;
import dev.stowage.core.object.ChecksumAlgorithm;
import dev.stowage.s3api.error.S3ErrorCode;
import dev.stowage.s3api.error.S3ErrorException;
import dev.stowage.s3api.request.HeaderLines;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The digests of a body in the header fields of its request. */
final class RequestDigests {

    static final String PAYLOAD = "x-amz-content-sha256";

    private static final Map<String, ChecksumAlgorithm> FIELDS = fields();

    private RequestDigests() {}

    private static Map<String, ChecksumAlgorithm> fields() {
        Map<String, ChecksumAlgorithm> fields = new LinkedHashMap<>();
        fields.put("x-amz-checksum-crc32", ChecksumAlgorithm.CRC32);
        fields.put("x-amz-checksum-crc32c", ChecksumAlgorithm.CRC32C);
        fields.put("x-amz-checksum-crc64nvme", ChecksumAlgorithm.CRC64NVME);
        fields.put("x-amz-checksum-sha1", ChecksumAlgorithm.SHA1);
        fields.put("x-amz-checksum-sha256", ChecksumAlgorithm.SHA256);
        fields.put("Content-MD5", ChecksumAlgorithm.MD5);
        return fields;
    }

    /**
     * Returns the digests that the body must have, each algorithm once if they agree.
     *
     * @throws S3ErrorException when a digest is malformed
     */
    static List<Checksum> of(HeaderLines headers) {
        List<Checksum> digests = new ArrayList<>();
        FIELDS.forEach((field, algorithm) ->
                headers.get(field).ifPresent(value -> add(digests, parse(field, algorithm, value.strip()))));
        headers.get(PAYLOAD)
                .map(String::strip)
                .filter(RequestDigests::isHash)
                .ifPresent(hash -> add(
                        digests,
                        Checksum.of(ChecksumAlgorithm.SHA256, HexFormat.of().parseHex(hash))));
        return digests;
    }

    /** Returns the fields of digests that were sent and verified; the response repeats them. */
    static Map<String, String> toRepeat(HeaderLines headers) {
        Map<String, String> repeated = new LinkedHashMap<>();
        FIELDS.keySet().stream()
                .filter(field -> field.startsWith("x-amz-"))
                .forEach(field -> headers.get(field).ifPresent(value -> repeated.put(field, value.strip())));
        return repeated;
    }

    private static void add(List<Checksum> digests, Checksum digest) {
        if (!digests.contains(digest)) {
            digests.add(digest);
        }
    }

    private static boolean isHash(String value) {
        return value.length() == 64 && value.chars().allMatch(c -> Character.digit(c, 16) >= 0);
    }

    private static Checksum parse(String field, ChecksumAlgorithm algorithm, String value) {
        try {
            Base64.getDecoder().decode(value);
            return new Checksum(algorithm, value);
        } catch (IllegalArgumentException | InvalidInput e) {
            if (algorithm == ChecksumAlgorithm.MD5) {
                throw new S3ErrorException(S3ErrorCode.INVALID_DIGEST, "The Content-MD5 you specified is not valid");
            }
            throw new S3ErrorException(S3ErrorCode.INVALID_REQUEST, "Value for " + field + " header is invalid");
        }
    }
}
