package dev.stowage.s3api.chunked;

import dev.stowage.s3api.auth.ChunkSigner;
import dev.stowage.s3api.error.S3ErrorCode;
import dev.stowage.s3api.error.S3ErrorException;
import java.util.HexFormat;

/**
 * The signatures of one body's chunks. Each covers the one before it, the first that of the request, so that chunks can't be reordered,
 * left out or taken from another request. See
 * <a href="https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-streaming.html">Transferring payload in multiple chunks</a> and
 * <a href="https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-streaming-trailers.html">Trailing headers</a>.
 */
final class ChunkSignatures {

    private static final String CHUNK = "AWS4-HMAC-SHA256-PAYLOAD";
    private static final String TRAILERS = "AWS4-HMAC-SHA256-TRAILER";
    private static final String NOTHING = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

    private final ChunkSigner signer;
    private String previous;

    ChunkSignatures(ChunkSigner signer) {
        this.signer = signer;
        this.previous = signer.seed();
    }

    /** Verifies the next chunk, by the SHA-256 of its data. @throws S3ErrorException when the signature does not match */
    void verifyChunk(byte[] sha256, String signature) {
        verify(String.join("\n", prefix(CHUNK), NOTHING, HexFormat.of().formatHex(sha256)), signature);
    }

    /** Verifies the trailers, by the SHA-256 of their lines. @throws S3ErrorException when the signature does not match */
    void verifyTrailers(byte[] sha256, String signature) {
        verify(String.join("\n", prefix(TRAILERS), HexFormat.of().formatHex(sha256)), signature);
    }

    private String prefix(String kind) {
        return String.join("\n", kind, signer.timestamp(), signer.scope(), previous);
    }

    private void verify(String text, String signature) {
        if (!signer.key().verifies(signature, text)) {
            throw new S3ErrorException(
                    S3ErrorCode.SIGNATURE_DOES_NOT_MATCH,
                    "The signature of a part of the body does not match; nothing was stored");
        }
        previous = signature;
    }
}
