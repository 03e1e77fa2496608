package dev.stowage.s3api.operation;

import dev.stowage.core.object.ContentStream;
import dev.stowage.s3api.body.SentBody;
import dev.stowage.s3api.xml.XmlInput;

/** Reads documents in the bodies of requests. */
final class CallBody {

    /** A thousand of the longest keys, each char of which may be written as several. */
    private static final long MAX_DOCUMENT = 8L << 20;

    private CallBody() {}

    /** Returns the body of a request. @throws dev.stowage.s3api.error.S3ErrorException when a header about it is not valid */
    static SentBody of(S3Call call) {
        return SentBody.of(call.headers(), call.body(), call.signed().chunkSigner());
    }

    /** Returns the body of a request in which headers with a checksum are about something else. */
    static SentBody ofDocument(S3Call call) {
        return SentBody.ofDocument(call.headers(), call.body(), call.signed().chunkSigner());
    }

    /**
     * Reads a document, and checks the digests of the whole body.
     *
     * @param root the name of its root element
     * @param shape describes the document, for the error
     */
    static void read(SentBody body, String root, String shape, XmlInput.Consumer document) {
        body.read(content -> {
            try (ContentStream stream = ContentStream.open(content, body.expected())) {
                XmlInput.read(stream, MAX_DOCUMENT, root, shape, document);
            }
            return body;
        });
    }
}
