package dev.stowage.http.digest;

import dev.stowage.core.error.ErrorCode;
import dev.stowage.core.error.InvalidInput;
import dev.stowage.core.object.Checksum;
import dev.stowage.core.object.ChecksumAlgorithm;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * The digests that came with a body: {@code Content-MD5} (RFC 1864), {@code Content-Digest} and {@code Repr-Digest} (RFC 9530; the
 * same here, as bodies come without content coding), and Amazon's {@code x-amz-checksum-*}.
 */
public final class DigestHeaders {

    private static final Map<String, ChecksumAlgorithm> WHOLE_VALUE = wholeValue();

    /** RFC 9530, section 5; what is not named here is ignored, as section 2 allows. */
    private static final Map<String, ChecksumAlgorithm> DICTIONARY = Map.of(
            "sha-256", ChecksumAlgorithm.SHA256,
            "sha-512", ChecksumAlgorithm.SHA512,
            "sha", ChecksumAlgorithm.SHA1,
            "md5", ChecksumAlgorithm.MD5,
            "crc32c", ChecksumAlgorithm.CRC32C);

    private DigestHeaders() {}

    /**
     * All digests that can be checked.
     *
     * @param headers the values of a field, one for each line of it, by its name in any case
     * @throws InvalidInput when one is malformed; {@code detail.field} names the header
     */
    public static List<Checksum> parse(Function<String, List<String>> headers) {
        List<Checksum> digests = new ArrayList<>();
        WHOLE_VALUE.forEach((name, algorithm) -> {
            for (String value : headers.apply(name)) {
                digests.add(checksum(name, algorithm, value.strip()));
            }
        });
        for (String name : List.of("Content-Digest", "Repr-Digest")) {
            List<String> lines = headers.apply(name);
            if (!lines.isEmpty()) {
                digests.addAll(dictionary(name, String.join(",", lines)));
            }
        }
        return List.copyOf(digests);
    }

    private static List<Checksum> dictionary(String name, String text) {
        Map<String, String> members;
        try {
            members = ByteSequenceDictionary.parse(text);
        } catch (IllegalArgumentException e) {
            throw invalid(name, name + " is no dictionary such as sha-256=:base64:, says RFC 9530: " + e.getMessage());
        }
        List<Checksum> digests = new ArrayList<>();
        members.forEach((key, base64) -> {
            ChecksumAlgorithm algorithm = DICTIONARY.get(key);
            if (algorithm != null) {
                digests.add(checksum(name, algorithm, base64));
            }
        });
        return digests;
    }

    private static Checksum checksum(String name, ChecksumAlgorithm algorithm, String base64) {
        try {
            return new Checksum(algorithm, base64);
        } catch (InvalidInput e) {
            throw invalid(name, name + " is malformed. " + e.getMessage());
        }
    }

    private static InvalidInput invalid(String name, String message) {
        return new InvalidInput(ErrorCode.INVALID_REQUEST, message, Map.of("field", name));
    }

    private static Map<String, ChecksumAlgorithm> wholeValue() {
        Map<String, ChecksumAlgorithm> names = new LinkedHashMap<>();
        names.put("Content-MD5", ChecksumAlgorithm.MD5);
        names.put("x-amz-checksum-sha256", ChecksumAlgorithm.SHA256);
        names.put("x-amz-checksum-sha1", ChecksumAlgorithm.SHA1);
        names.put("x-amz-checksum-crc32", ChecksumAlgorithm.CRC32);
        names.put("x-amz-checksum-crc32c", ChecksumAlgorithm.CRC32C);
        return names;
    }
}
