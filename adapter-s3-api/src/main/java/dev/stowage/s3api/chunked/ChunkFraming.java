package dev.stowage.s3api.chunked;

import java.util.Arrays;
import java.util.Optional;

/**
 * The form of a body in chunks, by the value of {@code x-amz-content-sha256}
 * (<a href="https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-header-based-auth.html">Signature Version 4</a>).
 */
public enum ChunkFraming {
    /** Each chunk has a signature. */
    SIGNED("STREAMING-AWS4-HMAC-SHA256-PAYLOAD", true, false),
    /** Each chunk and the trailers have a signature. */
    SIGNED_WITH_TRAILERS("STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER", true, true),
    /** Chunks without signatures, and trailers. */
    UNSIGNED_WITH_TRAILERS("STREAMING-UNSIGNED-PAYLOAD-TRAILER", false, true);

    private final String header;
    private final boolean signed;
    private final boolean trailers;

    ChunkFraming(String header, boolean signed, boolean trailers) {
        this.header = header;
        this.signed = signed;
        this.trailers = trailers;
    }

    /** Returns the framing with that header value; empty when the body is not in chunks, or in an unknown form. */
    public static Optional<ChunkFraming> of(String contentSha256) {
        return Arrays.stream(values())
                .filter(framing -> framing.header.equals(contentSha256))
                .findFirst();
    }

    /** Whether chunks have signatures. */
    boolean isSigned() {
        return signed;
    }

    /** Whether trailers may follow the last chunk. */
    public boolean hasTrailers() {
        return trailers;
    }
}
