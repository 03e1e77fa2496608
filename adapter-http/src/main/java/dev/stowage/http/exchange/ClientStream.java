package dev.stowage.http.exchange;

import jakarta.servlet.ServletRequest;
import java.io.IOException;
import java.io.InputStream;

/**
 * The body of a request. It is asked for with the first read, not before: the server takes that for the leave to tell a waiting client
 * to go on ({@code 100-continue}). Every failure is an {@link IOException}, framing errors too, which the server reports by unchecked
 * ones.
 */
final class ClientStream extends InputStream {

    private final ServletRequest request;

    ClientStream(ServletRequest request) {
        this.request = request;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        try {
            return request.getInputStream().read(buffer, offset, length);
        } catch (RuntimeException e) {
            throw new IOException("the body is malformed", e);
        }
    }
}
