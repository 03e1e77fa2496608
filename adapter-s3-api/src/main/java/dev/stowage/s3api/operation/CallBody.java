package dev.stowage.s3api.operation;

import dev.stowage.core.object.Checksum;
import dev.stowage.core.object.Content;
import dev.stowage.core.object.ContentStream;
import dev.stowage.s3api.error.S3ErrorCode;
import dev.stowage.s3api.error.S3ErrorException;
import dev.stowage.s3api.request.HeaderLines;
import dev.stowage.s3api.xml.XmlInput;
import java.util.List;
import java.util.OptionalLong;

/**
 * The body of a request.
 *
 * @param content the bytes without their transfer coding by chunks; to be read once
 * @param digests that the bytes must have
 */
record CallBody(Content content, List<Checksum> digests) {

    /** A thousand of the longest keys, each char of which may be written as several. */
    private static final long MAX_DOCUMENT = 8L << 20;

    /** @throws S3ErrorException when its length is missing, or a header about it is not valid */
    static CallBody of(S3Call call) {
        HeaderLines headers = call.headers();
        String payload = headers.get(RequestDigests.PAYLOAD).map(String::strip).orElse("");
        if (payload.startsWith("STREAMING-")) {
            throw S3ErrorException.notImplemented("A body in chunks (aws-chunked)");
        }
        return new CallBody(Content.once(call.body(), length(headers)), RequestDigests.of(headers));
    }

    /**
     * Reads a document, and checks the digests of the whole body.
     *
     * @param root the name of its root element
     * @param shape describes the document, for the error
     */
    void read(String root, String shape, XmlInput.Consumer document) {
        try (ContentStream stream = ContentStream.open(content, digests)) {
            XmlInput.read(stream, MAX_DOCUMENT, root, shape, document);
        }
    }

    private static OptionalLong length(HeaderLines headers) {
        if (headers.get("Transfer-Encoding").isPresent()) {
            return OptionalLong.empty();
        }
        // The server has checked that it is a number.
        return OptionalLong.of(Long.parseLong(headers.get("Content-Length")
                .map(String::strip)
                .orElseThrow(() -> new S3ErrorException(
                        S3ErrorCode.MISSING_CONTENT_LENGTH, "You must provide the Content-Length HTTP header."))));
    }
}
