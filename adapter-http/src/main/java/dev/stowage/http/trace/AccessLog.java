package dev.stowage.http.trace;

import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.RequestLog;
import org.eclipse.jetty.server.Response;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * A line per request on the logger {@code access}, in key-value pairs, when its answer is complete; for what the server itself
 * refused, too. The query is left out: those of signed URLs are secrets.
 */
public final class AccessLog implements RequestLog {

    private static final Logger LOG = LoggerFactory.getLogger("access");

    @Override
    public void log(Request request, Response response) {
        LOG.atLevel(Level.INFO)
                .addKeyValue("method", request.getMethod())
                .addKeyValue("path", request.getHttpURI().getPath())
                .addKeyValue("status", response.getStatus())
                .addKeyValue("bytes_in", Request.getContentBytesRead(request))
                .addKeyValue("bytes_out", Response.getContentBytesWritten(response))
                .addKeyValue("duration_ms", millisSince(request.getBeginNanoTime()))
                .addKeyValue(RequestId.LOG_KEY, RequestId.of(request))
                .addKeyValue("remote", Request.getRemoteAddr(request))
                .log("request");
    }

    private static long millisSince(long nanoTime) {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - nanoTime);
    }
}
