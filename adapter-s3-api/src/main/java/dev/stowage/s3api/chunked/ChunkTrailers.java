package dev.stowage.s3api.chunked;

import dev.stowage.core.error.InvalidInput;
import dev.stowage.core.object.Checksum;
import dev.stowage.core.object.ChecksumAlgorithm;
import dev.stowage.s3api.checksum.ChecksumHeader;
import dev.stowage.s3api.error.S3ErrorCode;
import dev.stowage.s3api.error.S3ErrorException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The trailers of a body, with the checksum of its data. There is at most one, besides the signature of the trailers. */
final class ChunkTrailers {

    private static final String SIGNATURE = "x-amz-trailer-signature";

    private final Optional<ChecksumAlgorithm> announced;
    private final boolean signed;
    private final Optional<ChunkSignatures> signatures;
    private final ChecksumAlgorithm.@Nullable Hasher hasher;

    /**
     * @param announced the algorithm of the checksum that has to be sent
     * @param signed whether a signature has to be sent
     * @param signatures verifies it
     */
    ChunkTrailers(Optional<ChecksumAlgorithm> announced, boolean signed, Optional<ChunkSignatures> signatures) {
        this.announced = announced;
        this.signed = signed;
        this.signatures = signatures;
        this.hasher = announced.map(ChecksumAlgorithm::newHasher).orElse(null);
    }

    /** Adds data to the checksum. */
    void update(byte[] bytes, int offset, int length) {
        if (hasher != null) {
            hasher.update(bytes, offset, length);
        }
    }

    /**
     * Reads the trailers and verifies them.
     *
     * @return the checksum, if one was announced
     * @throws S3ErrorException when they are not the announced ones, or a signature or the checksum does not match
     */
    Optional<Checksum> verify(ChunkLines lines) throws IOException {
        Optional<String> value = Optional.empty();
        Optional<String> signature = Optional.empty();
        String line = lines.next();
        while (!line.isEmpty()) {
            int colon = line.indexOf(':');
            String name = colon < 0 ? "" : line.substring(0, colon).strip().toLowerCase(Locale.ROOT);
            String text = line.substring(colon + 1).strip();
            if (signed && name.equals(SIGNATURE) && signature.isEmpty()) {
                signature = Optional.of(text);
            } else if (isAnnounced(name) && value.isEmpty() && signature.isEmpty()) {
                value = Optional.of(text);
            } else {
                throw malformed("the body has a trailer that x-amz-trailer does not announce, or one twice");
            }
            line = lines.next();
            if (line.isEmpty() && signed && signature.isEmpty()) {
                // minio-go writes an empty line before the signature.
                line = lines.next();
            }
        }
        if (announced.isPresent() && value.isEmpty()) {
            throw malformed("the trailer that x-amz-trailer announces is missing");
        }
        verifySignature(value, signature);
        return announced.isPresent() ? Optional.of(verifyChecksum(value.orElseThrow())) : Optional.empty();
    }

    private void verifySignature(Optional<String> value, Optional<String> signature) {
        if (signatures.isPresent()) {
            String covered = value.map(text -> ChecksumHeader.name(announced.orElseThrow()) + ":" + text + "\n")
                    .orElse("");
            signatures
                    .get()
                    .verifyTrailers(sha256(covered), signature.orElseThrow(() -> malformed(SIGNATURE + " is missing")));
        }
    }

    private Checksum verifyChecksum(String value) {
        ChecksumAlgorithm algorithm = announced.orElseThrow();
        Checksum actual = Checksum.of(algorithm, Objects.requireNonNull(hasher).finish());
        try {
            if (actual.equals(new Checksum(algorithm, value))) {
                return actual;
            }
        } catch (InvalidInput notAChecksum) {
            throw ChecksumHeader.mismatch(algorithm);
        }
        throw ChecksumHeader.mismatch(algorithm);
    }

    private boolean isAnnounced(String name) {
        return announced
                .filter(algorithm -> ChecksumHeader.name(algorithm).equals(name))
                .isPresent();
    }

    private static byte[] sha256(String text) {
        ChecksumAlgorithm.Hasher sha256 = ChecksumAlgorithm.SHA256.newHasher();
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        sha256.update(bytes, 0, bytes.length);
        return sha256.finish();
    }

    private static S3ErrorException malformed(String what) {
        return new S3ErrorException(S3ErrorCode.MALFORMED_TRAILER, "The trailers are not valid: " + what);
    }
}
