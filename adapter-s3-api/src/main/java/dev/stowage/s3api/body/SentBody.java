package dev.stowage.s3api.body;

import dev.stowage.core.error.ChecksumMismatch;
import dev.stowage.core.object.Checksum;
import dev.stowage.core.object.Content;
import dev.stowage.s3api.auth.ChunkSigner;
import dev.stowage.s3api.chunked.ChunkFraming;
import dev.stowage.s3api.chunked.ChunkedBody;
import dev.stowage.s3api.error.S3ErrorCode;
import dev.stowage.s3api.error.S3ErrorException;
import dev.stowage.s3api.request.HeaderLines;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * The body of a request that stores data: its content, and the digests that the bytes have to match. Each algorithm is computed once, also
 * when the signature and a checksum have the same.
 */
public final class SentBody {

    private static final String DECODED_LENGTH = "x-amz-decoded-content-length";
    private static final Pattern DIGITS = Pattern.compile("\\d{1,18}");

    private final Content content;
    private final BodyDigests digests;

    private SentBody(Content content, BodyDigests digests) {
        this.content = content;
        this.digests = digests;
    }

    /**
     * Reads the headers of a body, and nothing of the body itself.
     *
     * @param in the body as it is sent; closed by who reads the content
     * @param signer verifies the chunks of a signed body; empty if the request is not authenticated
     * @throws S3ErrorException when a header is not valid, or the length is missing
     */
    public static SentBody of(HeaderLines headers, InputStream in, Optional<ChunkSigner> signer) {
        return of(headers, in, signer, BodyDigests.of(headers));
    }

    /** Reads the headers of a body likewise, where headers with a checksum are about something else than the body. */
    public static SentBody ofDocument(HeaderLines headers, InputStream in, Optional<ChunkSigner> signer) {
        return of(headers, in, signer, BodyDigests.withoutChecksum(headers));
    }

    /**
     * Returns the file of a form, with the checksum that a field has.
     *
     * @param content the bytes of the file
     * @throws S3ErrorException when the checksum is not valid
     */
    public static SentBody ofForm(HeaderLines fields, Content content) {
        return new SentBody(content, BodyDigests.of(fields));
    }

    private static SentBody of(HeaderLines headers, InputStream in, Optional<ChunkSigner> signer, BodyDigests digests) {
        Optional<ChunkFraming> framing = digests.framing();
        Content content = framing.isPresent()
                ? new ChunkedBody(in, framing.get(), signer, length(headers, DECODED_LENGTH), digests.trailing())
                : Content.once(in, length(headers));
        return new SentBody(content, digests);
    }

    /**
     * Has the decoded content read.
     *
     * @param reader opens the content at most once
     * @throws S3ErrorException when the bytes do not have the digest that was signed; other failures are those of the reader
     */
    public <T> T read(Function<Content, T> reader) {
        try {
            return reader.apply(content);
        } catch (ChecksumMismatch mismatch) {
            boolean isOfSignature = digests.signed()
                    .filter(signed ->
                            signed.algorithm().id().equals(mismatch.detail().get("algorithm")))
                    .isPresent();
            if (isOfSignature) {
                throw new S3ErrorException(
                        S3ErrorCode.CONTENT_SHA256_MISMATCH,
                        "The provided 'x-amz-content-sha256' header does not match what was computed.");
            }
            throw mismatch;
        }
    }

    /** Returns the digests that the bytes have to match, one for each algorithm. */
    public List<Checksum> expected() {
        return digests.expected();
    }

    /** Returns the checksum that the client has sent, for the response: that of a trailer once the content was read. */
    public Optional<Checksum> checksum() {
        return digests.checksum().or(() -> content.digests().stream().findFirst());
    }

    /** The length of a body whose transfer coding is chunked is not known in advance. */
    private static OptionalLong length(HeaderLines headers) {
        return headers.get("Transfer-Encoding").isPresent()
                ? OptionalLong.empty()
                : OptionalLong.of(length(headers, "Content-Length"));
    }

    private static long length(HeaderLines headers, String name) {
        String text = headers.get(name)
                .map(String::strip)
                .orElseThrow(() -> new S3ErrorException(
                        S3ErrorCode.MISSING_CONTENT_LENGTH, "Send the length of the body in " + name));
        if (!DIGITS.matcher(text).matches()) {
            throw S3ErrorException.invalidArgument(name, text, "The length of the body must be a number of bytes");
        }
        return Long.parseLong(text);
    }
}
