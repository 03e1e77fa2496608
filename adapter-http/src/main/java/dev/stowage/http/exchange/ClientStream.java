package dev.stowage.http.exchange;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** A request's body whose every failure is an {@link IOException}: the server reports framing errors by unchecked ones. */
final class ClientStream extends FilterInputStream {

    ClientStream(InputStream body) {
        super(body);
    }

    @Override
    public int read() throws IOException {
        try {
            return super.read();
        } catch (RuntimeException e) {
            throw new IOException("the body is malformed", e);
        }
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        try {
            return super.read(buffer, offset, length);
        } catch (RuntimeException e) {
            throw new IOException("the body is malformed", e);
        }
    }
}
