package dev.stowage.http.exchange;

import dev.stowage.core.object.BodyStream;
import dev.stowage.http.digest.Trailers;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;

/**
 * The body of a request. The server's stream is opened with the first read, not before, because opening it sends {@code 100 Continue} to a
 * waiting client. A digest in a trailer is refused at the end of the body. With the last byte the request's {@link CredentialCheck} runs,
 * so that nothing is stored for a credential that was revoked meanwhile. Every other failure is an {@link IOException}, including framing
 * errors, which the server reports by unchecked exceptions.
 */
public final class ClientStream extends BodyStream {

    private final HttpServletRequest request;
    private long taken;

    public ClientStream(HttpServletRequest request) {
        this.request = request;
    }

    @Override
    protected int take(byte[] buffer, int offset, int length) throws IOException {
        int count;
        try {
            count = request.getInputStream().read(buffer, offset, length);
        } catch (RuntimeException e) {
            throw new IOException("the body is malformed", e);
        }
        if (count < 0 && request.isTrailerFieldsReady()) {
            Trailers.refuse(request.getTrailerFields().keySet());
        }
        taken += Math.max(count, 0);
        if (count < 0 || taken == request.getContentLengthLong()) {
            CredentialCheck.of(request).check();
        }
        return count;
    }
}
