package dev.stowage.s3api.chunked;

import dev.stowage.core.object.BodyStream;
import dev.stowage.core.object.Checksum;
import dev.stowage.core.object.ChecksumAlgorithm;
import dev.stowage.s3api.error.S3ErrorCode;
import dev.stowage.s3api.error.S3ErrorException;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.function.Consumer;

/** Decodes a body in chunks. Data is read straight into the reader's buffer; only the lines between chunks are buffered. */
final class ChunkedStream extends BodyStream {

    /** The minimum size of a signed chunk other than the last. S3 has the same; smaller ones cost more to verify than to store. */
    static final int MIN_CHUNK = 8192;

    private static final int BUFFER = 4096;

    private final InputStream in;
    private final ChunkLines lines;
    private final ChunkFraming framing;
    private final Optional<ChunkSignatures> signatures;
    private final ChunkTrailers trailers;
    private final Consumer<Checksum> checksum;
    private ChecksumAlgorithm.Hasher chunkHasher = ChecksumAlgorithm.SHA256.newHasher();
    private ChunkHead chunk = ChunkHead.NONE;
    /** The bytes of the current chunk that have not been read. */
    private long remaining;
    /** The bytes of the body that no chunk has announced yet. */
    private long missing;

    private boolean ended;

    /**
     * @param length of the decoded body in bytes
     * @param checksum receives the verified checksum of the trailers, if there is one
     */
    ChunkedStream(
            InputStream source,
            ChunkFraming framing,
            Optional<ChunkSignatures> signatures,
            long length,
            ChunkTrailers trailers,
            Consumer<Checksum> checksum) {
        this.in = new BufferedInputStream(source, BUFFER);
        this.lines = new ChunkLines(in);
        this.framing = framing;
        this.signatures = signatures;
        this.trailers = trailers;
        this.checksum = checksum;
        this.missing = length;
    }

    @Override
    protected int take(byte[] target, int offset, int length) throws IOException {
        try {
            return decode(target, offset, length);
        } catch (S3ErrorException e) {
            throw new IOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        in.close();
    }

    private int decode(byte[] target, int offset, int length) throws IOException {
        if (ended || (remaining == 0 && !nextChunk())) {
            ended = true;
            return -1;
        }
        int count = in.read(target, offset, (int) Math.min(length, remaining));
        if (count < 0) {
            throw incomplete();
        }
        trailers.update(target, offset, count);
        if (signatures.isPresent()) {
            chunkHasher.update(target, offset, count);
        }
        remaining -= count;
        if (remaining == 0) {
            lines.end();
            verifyChunk();
        }
        return count;
    }

    /** Begins the next chunk. At the last, empty one, verifies the rest of the body and returns false. */
    private boolean nextChunk() throws IOException {
        ChunkHead next = ChunkHead.parse(lines.next(), framing.isSigned());
        if (next.size() > 0 && framing.isSigned() && chunk.size() > 0 && chunk.size() < MIN_CHUNK) {
            throw new S3ErrorException(
                    S3ErrorCode.INVALID_CHUNK_SIZE,
                    "Only the last chunk may be smaller than " + MIN_CHUNK + " bytes; send larger chunks");
        }
        if (next.size() > missing) {
            throw new S3ErrorException(
                    S3ErrorCode.INCOMPLETE_BODY,
                    "The body is longer than x-amz-decoded-content-length; nothing was stored");
        }
        chunk = next;
        remaining = next.size();
        missing -= next.size();
        if (remaining > 0) {
            return true;
        }
        end();
        return false;
    }

    private void end() throws IOException {
        if (missing > 0) {
            throw incomplete();
        }
        verifyChunk();
        if (framing.hasTrailers()) {
            trailers.verify(lines).ifPresent(checksum);
        } else {
            lines.end();
        }
        if (in.read() >= 0) {
            throw new S3ErrorException(S3ErrorCode.INVALID_REQUEST, "The body continues after its last chunk");
        }
    }

    private void verifyChunk() {
        if (signatures.isPresent()) {
            signatures.get().verifyChunk(chunkHasher.finish(), chunk.signature());
            chunkHasher = ChecksumAlgorithm.SHA256.newHasher();
        }
    }

    private static S3ErrorException incomplete() {
        return new S3ErrorException(
                S3ErrorCode.INCOMPLETE_BODY,
                "The body is shorter than x-amz-decoded-content-length; nothing was stored");
    }
}
