package dev.stowage.http.digest;

import dev.stowage.core.error.InvalidInput;
import dev.stowage.core.error.NotSupported;
import dev.stowage.core.object.Checksum;
import dev.stowage.core.object.ChecksumAlgorithm;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/**
 * The digests sent with a body: {@code Content-MD5} (RFC 1864), {@code Content-Digest} and {@code Repr-Digest} (RFC 9530), and Amazon's
 * {@code x-amz-checksum-*} and {@code x-amz-content-sha256}. Each digest is either returned, to be verified, or refused with
 * {@link NotSupported}; none is ignored. Of the members of one dictionary, those with a supported algorithm are verified; there must be at
 * least one.
 */
public final class DigestHeaders {

    private static final String REPRESENTATION = "Repr-Digest";

    /** RFC 9530, section 5. */
    private static final Map<String, ChecksumAlgorithm> DICTIONARY = Map.of(
            "sha-256", ChecksumAlgorithm.SHA256,
            "sha-512", ChecksumAlgorithm.SHA512,
            "sha", ChecksumAlgorithm.SHA1,
            "md5", ChecksumAlgorithm.MD5,
            "crc32c", ChecksumAlgorithm.CRC32C);

    private final List<String> names;
    private final Function<String, List<String>> values;

    /**
     * @param names the names of all fields of the request or part, in any case
     * @param values returns the values of a field, one for each field line, by its case-insensitive name
     */
    public DigestHeaders(List<String> names, Function<String, List<String>> values) {
        this.names = names;
        this.values = values;
    }

    /**
     * Returns all digests of a body that is a complete representation, such as a file or a part. Bodies have no content coding, so
     * {@code Repr-Digest} and {@code Content-Digest} mean the same.
     *
     * @throws InvalidInput when a digest is malformed; {@code detail.field} names the header
     * @throws NotSupported when a digest can't be verified
     */
    public List<Checksum> all() {
        List<Checksum> digests = new ArrayList<>(ofContent());
        digests.addAll(ofRepresentation());
        return List.copyOf(digests);
    }

    /**
     * Returns the digests of the bytes in this message, which may be a part of a file.
     *
     * @throws InvalidInput as {@link #all}
     * @throws NotSupported as {@link #all}
     */
    public List<Checksum> ofContent() {
        Trailers.refuseAnnounced(values);
        if (!values.apply("Digest").isEmpty()) {
            throw new NotSupported("The header Digest is obsolete and not supported; send Content-Digest (RFC 9530)");
        }
        List<Checksum> digests = new ArrayList<>();
        for (String value : values.apply("Content-MD5")) {
            digests.add(checksum("Content-MD5", ChecksumAlgorithm.MD5, value));
        }
        digests.addAll(dictionary("Content-Digest"));
        digests.addAll(new AmazonChecksums(names, values).all());
        return List.copyOf(digests);
    }

    /**
     * Returns the digests of the whole file that this message, perhaps with others, transfers ({@code Repr-Digest}).
     *
     * @throws InvalidInput as {@link #all}
     * @throws NotSupported as {@link #all}
     */
    public List<Checksum> ofRepresentation() {
        return dictionary(REPRESENTATION);
    }

    /**
     * Refuses every digest, for bodies whose digest is not computed.
     *
     * @param advice what to do instead
     * @throws NotSupported when there is a digest
     */
    public void refuseAll(String advice) {
        Trailers.refuseAnnounced(values);
        for (String name : names) {
            if (isDigest(name) && !isUnsigned(name)) {
                throw new NotSupported("A digest of the whole body is not supported here. " + advice
                        + " instead of the header " + name);
            }
        }
    }

    /** @throws NotSupported when there is a {@code Repr-Digest} */
    public void refuseRepresentation(String advice) {
        if (!values.apply(REPRESENTATION).isEmpty()) {
            throw new NotSupported("Repr-Digest, the digest of the whole file, is not supported here. " + advice);
        }
    }

    /** Whether a header or trailer field carries a digest of the transferred bytes. */
    static boolean isDigest(String name) {
        String lower = name.strip().toLowerCase(Locale.ROOT);
        return switch (lower) {
            case "content-md5", "content-digest", "repr-digest", "digest", "upload-checksum", "x-amz-content-sha256" ->
                true;
            default -> AmazonChecksums.isChecksum(lower);
        };
    }

    private boolean isUnsigned(String name) {
        return name.equalsIgnoreCase(AmazonChecksums.PAYLOAD)
                && values.apply(name).stream().allMatch(AmazonChecksums.UNSIGNED::equals);
    }

    private List<Checksum> dictionary(String name) {
        List<String> lines = values.apply(name);
        if (lines.isEmpty()) {
            return List.of();
        }
        Map<String, String> members;
        try {
            members = ByteSequenceDictionary.parse(String.join(",", lines));
        } catch (IllegalArgumentException e) {
            throw invalid(name, name + " must be a dictionary such as sha-256=:base64: (RFC 9530): " + e.getMessage());
        }
        List<Checksum> digests = new ArrayList<>();
        members.forEach((key, base64) -> {
            ChecksumAlgorithm algorithm = DICTIONARY.get(key);
            if (algorithm != null) {
                digests.add(checksum(name, algorithm, base64));
            }
        });
        if (digests.isEmpty()) {
            throw new NotSupported("None of the algorithms in " + name + " is supported; send sha-256 or sha-512");
        }
        return digests;
    }

    /** @throws InvalidInput when {@code base64}, the value of the header {@code name}, is not a digest of the algorithm */
    static Checksum checksum(String name, ChecksumAlgorithm algorithm, String base64) {
        try {
            return new Checksum(algorithm, base64.strip());
        } catch (InvalidInput e) {
            throw invalid(name, name + " is malformed. " + e.getMessage());
        }
    }

    static InvalidInput invalid(String name, String message) {
        return InvalidInput.ofField(name, message);
    }
}
