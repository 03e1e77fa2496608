package dev.stowage.s3;

import dev.stowage.core.object.BodyStream;
import dev.stowage.core.object.Content;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.concurrent.atomic.AtomicBoolean;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.ContentStreamProvider;

/**
 * The body of one request.
 *
 * @param length in bytes
 * @param replayable whether it can be sent again
 */
record RequestPayload(RequestBody request, long length, boolean replayable) {

    private static final String ANY_TYPE = "application/octet-stream";

    static RequestPayload empty() {
        return new RequestPayload(RequestBody.empty(), 0, true);
    }

    /** The bytes of {@code stream}, which is opened once. */
    static RequestPayload once(InputStream stream, long length) {
        return of(ContentStreamProvider.fromInputStreamSupplier(() -> stream), length, false);
    }

    /** The bytes of {@code content}, which are in memory or on disk and of known length. */
    static RequestPayload of(Content content) {
        return of(
                ContentStreamProvider.fromInputStreamSupplier(() -> open(content)),
                content.length().orElseThrow(),
                true);
    }

    private static InputStream open(Content content) {
        try {
            return content.open();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static RequestPayload of(ContentStreamProvider provider, long length, boolean replayable) {
        return new RequestPayload(RequestBody.fromContentProvider(provider, length, ANY_TYPE), length, replayable);
    }

    /** The request's body, which sets {@code sent} when its last byte is read. A store can't have stored the body before that. */
    RequestBody request(AtomicBoolean sent) {
        if (length == 0) {
            sent.set(true);
            return request;
        }
        ContentStreamProvider source = request.contentStreamProvider();
        return RequestBody.fromContentProvider(
                ContentStreamProvider.fromInputStreamSupplier(
                        () -> new CountedStream(source.newStream(), length, sent)),
                length,
                ANY_TYPE);
    }

    /** Sets a flag once its last byte is read. */
    private static final class CountedStream extends BodyStream {

        private final InputStream source;
        private final AtomicBoolean sent;
        private long remaining;

        CountedStream(InputStream source, long length, AtomicBoolean sent) {
            this.source = source;
            this.remaining = length;
            this.sent = sent;
        }

        @Override
        protected int take(byte[] buffer, int offset, int length) throws IOException {
            int count = source.read(buffer, offset, length);
            remaining -= Math.max(count, 0);
            if (remaining == 0) {
                sent.set(true);
            }
            return count;
        }

        @Override
        public void close() throws IOException {
            source.close();
        }
    }
}
