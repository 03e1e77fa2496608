package dev.stowage.s3api.chunked;

import dev.stowage.core.object.Checksum;
import dev.stowage.core.object.ChecksumAlgorithm;
import dev.stowage.core.object.Content;
import dev.stowage.s3api.auth.ChunkSigner;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A body in the coding {@code aws-chunked}, as content to be stored. It is decoded while the store reads it, without being copied, and holds
 * a few kilobytes of memory whatever the client sends.
 *
 * <p>Reading fails with an {@link IOException} whose cause is an {@link dev.stowage.s3api.error.S3ErrorException} when a signature does not
 * match, the framing is not valid, the length differs from the declared one, or a checksum in the trailers does not match. The end of the
 * body is reached only after all of that was verified, and data of a chunk only becomes part of an object then, because a store commits at
 * the end.
 *
 * <p>Can be opened once.
 */
public final class ChunkedBody implements Content {

    private final Content source;
    private final ChunkFraming framing;
    private final Optional<ChunkSigner> signer;
    private final long length;
    private final Optional<ChecksumAlgorithm> trailing;
    /** Written by the thread that reads the body. */
    private volatile Optional<Checksum> verified = Optional.empty();

    /**
     * @param source the coded body; closed with the stream
     * @param signer verifies signatures; empty if the request is not authenticated, so that those that are sent are only parsed
     * @param length the length of the decoded body in bytes, {@code x-amz-decoded-content-length}
     * @param trailing the algorithm of the checksum that {@code x-amz-trailer} announces, if any
     */
    public ChunkedBody(
            InputStream source,
            ChunkFraming framing,
            Optional<ChunkSigner> signer,
            long length,
            Optional<ChecksumAlgorithm> trailing) {
        this.source = Content.once(source, OptionalLong.empty());
        this.framing = framing;
        this.signer = signer;
        this.length = length;
        this.trailing = trailing;
    }

    @Override
    public OptionalLong length() {
        return OptionalLong.of(length);
    }

    @Override
    public boolean replayable() {
        return false;
    }

    @Override
    public InputStream open() throws IOException {
        Optional<ChunkSignatures> signatures = framing.isSigned() ? signer.map(ChunkSignatures::new) : Optional.empty();
        ChunkTrailers trailers = new ChunkTrailers(trailing, framing.isSigned(), signatures);
        return new ChunkedStream(
                source.open(), framing, signatures, length, trailers, sum -> verified = Optional.of(sum));
    }

    /** {@inheritDoc} That is the checksum of the trailers, if there is one. */
    @Override
    public List<Checksum> digests() {
        return verified.stream().toList();
    }
}
