package dev.stowage.http.error;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;
import org.eclipse.jetty.server.Request;

/**
 * The unread rest of a refused body. Closing a connection with unread bytes resets it, and the reset may discard the response before the
 * client reads it; so the server keeps reading for a while (RFC 9112, section 9.6).
 */
final class UnreadBody {

    private static final long MAX_BYTES = 64L << 20;

    private static final Duration MAX_TIME = Duration.ofSeconds(5);

    private static final int CHUNK = 64 << 10;

    private final HttpServletRequest request;
    private final boolean expected;

    private UnreadBody(HttpServletRequest request, boolean expected) {
        this.request = request;
        this.expected = expected;
    }

    static UnreadBody of(HttpServletRequest request) {
        boolean body = request.getContentLengthLong() > 0 || request.getHeader("Transfer-Encoding") != null;
        long read = Request.getContentBytesRead(ServletContextRequest.getServletContextRequest(request));
        boolean more = request.getContentLengthLong() < 0 || read < request.getContentLengthLong();
        // A client that waits for 100 (Continue) does not get it, and sends no body.
        boolean waits = request.getHeader("Expect") != null && read <= 0;
        return new UnreadBody(request, body && more && !waits);
    }

    /** Whether the client may still be sending. */
    boolean isExpected() {
        return expected;
    }

    /** Reads and discards the rest, bounded in bytes and time. */
    void discard() {
        if (!expected) {
            return;
        }
        ServletContextRequest.getServletContextRequest(request)
                .getConnectionMetaData()
                .getConnection()
                .getEndPoint()
                .setIdleTimeout(MAX_TIME.toMillis());
        long deadline = System.nanoTime() + MAX_TIME.toNanos();
        byte[] chunk = new byte[CHUNK];
        try {
            InputStream body = request.getInputStream();
            long left = MAX_BYTES;
            for (int n = body.read(chunk); n >= 0 && left > 0 && System.nanoTime() < deadline; n = body.read(chunk)) {
                left -= n;
            }
        } catch (IOException | RuntimeException gone) {
            // The client disconnected or sent a malformed body, and does not read the response.
        }
    }
}
