package dev.stowage.http.trace;

import dev.stowage.http.access.Caller;
import dev.stowage.http.access.RefusalThrottle;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.RequestLog;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.component.AbstractLifeCycle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * Logs a line for each request on the logger {@code access}, in key-value pairs, when its response is complete, including requests that the
 * server itself refused. The query is omitted, because those of signed URLs are secrets, as are the tokens of links in paths. Of failed requests without a valid credential only
 * a limited number a second get a line; the others are summed up every ten seconds.
 */
public final class AccessLog extends AbstractLifeCycle implements RequestLog {

    private static final Logger LOG = LoggerFactory.getLogger("access");

    private static final int FIRST_ERROR = 400;
    private static final int SUM_SECONDS = 10;

    private final RefusalThrottle refusals = new RefusalThrottle(RefusalThrottle.LINES_PER_SECOND, System::nanoTime);
    private final ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "stowage-access-log");
        thread.setDaemon(true);
        return thread;
    });

    @Override
    protected void doStart() {
        Future<?> unused = executor.scheduleAtFixedRate(this::sum, SUM_SECONDS, SUM_SECONDS, TimeUnit.SECONDS);
    }

    @Override
    protected void doStop() {
        executor.shutdownNow();
        sum();
    }

    @Override
    public void log(Request request, Response response) {
        boolean anonymousFailure = response.getStatus() >= FIRST_ERROR && !Caller.isKnown(request);
        if (anonymousFailure && !refusals.isAmongFirst()) {
            return;
        }
        LoggingEventBuilder line = LOG.atLevel(Level.INFO)
                .addKeyValue("method", request.getMethod())
                .addKeyValue("path", SecretPaths.logged(request.getHttpURI().getPath()))
                .addKeyValue("status", response.getStatus())
                .addKeyValue("bytes_in", Request.getContentBytesRead(request))
                .addKeyValue("bytes_out", Response.getContentBytesWritten(response))
                .addKeyValue("duration_ms", millisSince(request.getBeginNanoTime()))
                .addKeyValue(RequestId.LOG_KEY, RequestId.of(request))
                .addKeyValue("remote", Request.getRemoteAddr(request));
        TraceId.of(request)
                .map(id -> line.addKeyValue(TraceId.LOG_KEY, id))
                .orElse(line)
                .log("request");
    }

    private void sum() {
        long others = refusals.takeOthers();
        if (others > 0) {
            LOG.warn("Refused {} more requests without a valid credential in the last {} s", others, SUM_SECONDS);
        }
    }

    private static long millisSince(long nanoTime) {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - nanoTime);
    }
}
