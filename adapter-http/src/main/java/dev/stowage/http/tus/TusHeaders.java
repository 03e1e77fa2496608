package dev.stowage.http.tus;

import dev.stowage.core.error.InvalidInput;
import dev.stowage.core.object.Checksum;
import dev.stowage.core.object.ChecksumAlgorithm;
import dev.stowage.http.digest.DigestHeaders;
import dev.stowage.http.exchange.RequestHeaders;
import io.javalin.http.Context;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/** The header fields of tus. */
final class TusHeaders {

    static final String VERSION = "1.0.0";
    static final String BODY_TYPE = "application/offset+octet-stream";

    static final String RESUMABLE = "Tus-Resumable";
    static final String OFFSET = "Upload-Offset";
    static final String LENGTH = "Upload-Length";
    static final String DEFER_LENGTH = "Upload-Defer-Length";
    static final String METADATA = "Upload-Metadata";
    static final String CONCAT = "Upload-Concat";
    static final String CHECKSUM = "Upload-Checksum";
    static final String EXPIRES = "Upload-Expires";

    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,18}");

    private static final Map<String, ChecksumAlgorithm> ALGORITHMS = algorithms();

    private TusHeaders() {}

    /** Returns the names of the supported checksum algorithms, separated by commas. */
    static String checksumAlgorithms() {
        return String.join(",", ALGORITHMS.keySet());
    }

    /** Returns a field of the request; empty when it is missing. @throws InvalidInput when it appears more than once */
    static String text(Context ctx, String name) {
        List<String> values = RequestHeaders.of(ctx).apply(name);
        if (values.size() > 1) {
            throw invalid(name, "appears more than once");
        }
        return values.isEmpty() ? "" : values.get(0).strip();
    }

    /** Returns a number in the request; empty when it is missing. @throws InvalidInput when it is not an integer, 0 or greater */
    static OptionalLong number(Context ctx, String name) {
        String text = text(ctx, name);
        if (text.isEmpty()) {
            return OptionalLong.empty();
        }
        if (!NUMBER.matcher(text).matches()) {
            throw invalid(name, "must be an integer, 0 or greater");
        }
        return OptionalLong.of(Long.parseLong(text));
    }

    /** Returns a required number. @throws InvalidInput when it is missing or invalid */
    static long required(Context ctx, String name) {
        return number(ctx, name).orElseThrow(() -> invalid(name, "is missing"));
    }

    /**
     * Returns the digests of the body.
     *
     * @throws InvalidInput when a digest is malformed, or its algorithm is not one of {@link #checksumAlgorithms}
     * @throws dev.stowage.core.error.NotSupported when a digest is not of the body, or can't be verified
     */
    static List<Checksum> checksums(Context ctx) {
        DigestHeaders digests = RequestHeaders.digests(ctx);
        digests.refuseRepresentation("Send Upload-Checksum or Content-Digest with each request");
        List<Checksum> checksums = new ArrayList<>(digests.ofContent());
        String text = text(ctx, CHECKSUM);
        if (!text.isEmpty()) {
            checksums.add(checksum(text));
        }
        return checksums;
    }

    private static Checksum checksum(String text) {
        String[] words = text.split(" ", -1);
        ChecksumAlgorithm algorithm = ALGORITHMS.get(words[0]);
        if (algorithm == null || words.length != 2) {
            throw invalid(CHECKSUM, "must be one of " + checksumAlgorithms() + ", a space, and the digest in base64");
        }
        return new Checksum(algorithm, words[1]);
    }

    /** Whether the body is declared as bytes of the file. */
    static boolean isBody(Context ctx) {
        return text(ctx, "Content-Type").equalsIgnoreCase(BODY_TYPE);
    }

    static InvalidInput invalid(String field, String what) {
        return InvalidInput.ofField(field, field + " " + what);
    }

    private static Map<String, ChecksumAlgorithm> algorithms() {
        Map<String, ChecksumAlgorithm> algorithms = new LinkedHashMap<>();
        algorithms.put("sha1", ChecksumAlgorithm.SHA1);
        algorithms.put("sha256", ChecksumAlgorithm.SHA256);
        algorithms.put("md5", ChecksumAlgorithm.MD5);
        algorithms.put("crc32", ChecksumAlgorithm.CRC32);
        return algorithms;
    }
}
