package dev.stowage.s3api;

import dev.stowage.core.object.BodyStream;
import dev.stowage.s3api.error.S3ErrorCode;
import dev.stowage.s3api.error.S3ErrorException;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;

/**
 * The body of a request. The server's stream is opened with the first read, not before, because reading sends {@code 100 Continue} to a
 * waiting client. With the last byte the credential is checked again, so that nothing is stored for one that was revoked meanwhile.
 */
final class RequestStream extends BodyStream {

    private static final long MAX_DISCARDED = 64L << 20;
    private static final Duration MAX_TIME = Duration.ofSeconds(5);
    private static final int CHUNK = 64 << 10;

    private final Request request;
    private BooleanSupplier stillValid = () -> true;
    private @Nullable InputStream source;
    private long taken;
    private boolean ended;

    RequestStream(Request request) {
        this.request = request;
    }

    /** Sets how the credential is checked. */
    RequestStream checkedBy(BooleanSupplier check) {
        stillValid = check;
        return this;
    }

    @Override
    protected int take(byte[] buffer, int offset, int length) throws IOException {
        if (source == null) {
            source = Content.Source.asInputStream(request);
        }
        int count;
        try {
            count = source.read(buffer, offset, length);
        } catch (RuntimeException e) {
            throw new IOException("the body is malformed", e);
        }
        taken += Math.max(count, 0);
        boolean last = !ended && (count < 0 || taken == request.getLength());
        ended |= last;
        if (last && taken > 0 && !stillValid.getAsBoolean()) {
            throw new S3ErrorException(
                    S3ErrorCode.ACCESS_DENIED, "The access key was revoked or expired during the request");
        }
        return count;
    }

    /** Whether the client may still be sending. One that waits for {@code 100 Continue} does not get it, and sends nothing. */
    boolean isMoreExpected() {
        boolean chunked = request.getHeaders().contains(HttpHeader.TRANSFER_ENCODING);
        boolean waits = request.getHeaders().contains(HttpHeader.EXPECT) && taken == 0;
        return !ended && !waits && (chunked || taken < request.getLength());
    }

    /**
     * Reads and discards the rest, bounded in bytes and time. Closing a connection with unread bytes resets it, and the reset may discard
     * the response before the client reads it (RFC 9112, section 9.6).
     */
    void discard() {
        request.getConnectionMetaData().getConnection().getEndPoint().setIdleTimeout(MAX_TIME.toMillis());
        long deadline = System.nanoTime() + MAX_TIME.toNanos();
        byte[] chunk = new byte[CHUNK];
        try {
            long left = MAX_DISCARDED;
            for (int n = read(chunk); n >= 0 && left > 0 && System.nanoTime() < deadline; n = read(chunk)) {
                left -= n;
            }
        } catch (IOException | RuntimeException gone) {
            // The client disconnected or sent a malformed body, and does not read the response.
        }
    }
}
