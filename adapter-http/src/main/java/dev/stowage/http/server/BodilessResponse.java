package dev.stowage.http.server;

import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * Keeps the server from adding {@code Content-Length: 0} to a {@code 304}, and to the response to a {@code HEAD} whose body is streamed.
 * Caches take that for the length of the file (RFC 9110, section 8.6).
 */
final class BodilessResponse {

    private BodilessResponse() {}

    /** Sends the header section of such a response now, unchanged. */
    static void send(Context ctx) throws IOException {
        HttpServletResponse response = ctx.res();
        boolean head = ctx.method().equals(HandlerType.HEAD) && response.getStatus() == HttpServletResponse.SC_OK;
        boolean unknown = !response.containsHeader("Content-Length") && ctx.resultInputStream() == null;
        if (response.getStatus() == HttpServletResponse.SC_NOT_MODIFIED || (head && unknown)) {
            response.flushBuffer();
        }
    }
}
