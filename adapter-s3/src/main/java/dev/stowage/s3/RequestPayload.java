package dev.stowage.s3;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.atomic.AtomicBoolean;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.ContentStreamProvider;

/**
 * The body of one request.
 *
 * @param length in bytes
 * @param replayable whether it can be sent again
 * @param taken whether the last byte was ever read for sending; until then a store can't have stored the body
 */
record RequestPayload(RequestBody request, long length, boolean replayable, AtomicBoolean taken) {

    private static final String ANY_TYPE = "application/octet-stream";

    static RequestPayload empty() {
        return new RequestPayload(RequestBody.empty(), 0, true, new AtomicBoolean(true));
    }

    /** The bytes of {@code stream}, which is opened once. */
    static RequestPayload once(InputStream stream, long length) {
        return of(ContentStreamProvider.fromInputStreamSupplier(() -> stream), length, false);
    }

    /** The bytes of {@code buffer}, while it is open. */
    static RequestPayload of(PartBuffer buffer) {
        return of(ContentStreamProvider.fromInputStreamSupplier(buffer::newStream), buffer.length(), true);
    }

    static RequestPayload of(ContentStreamProvider provider, long length, boolean replayable) {
        AtomicBoolean taken = new AtomicBoolean();
        ContentStreamProvider noted =
                ContentStreamProvider.fromInputStreamSupplier(() -> new Noted(provider.newStream(), length, taken));
        return new RequestPayload(RequestBody.fromContentProvider(noted, length, ANY_TYPE), length, replayable, taken);
    }

    private static final class Noted extends FilterInputStream {

        private final AtomicBoolean taken;
        private long remaining;

        Noted(InputStream in, long length, AtomicBoolean taken) {
            super(in);
            this.remaining = length;
            this.taken = taken;
        }

        @Override
        public int read() throws IOException {
            int value = super.read();
            count(value < 0 ? 0 : 1);
            return value;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            int count = super.read(buffer, offset, length);
            count(Math.max(count, 0));
            return count;
        }

        private void count(int bytes) {
            remaining -= bytes;
            if (remaining == 0) {
                taken.set(true);
            }
        }
    }
}
