package dev.stowage.http.ops;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Counts and times every request until its response is complete, including those that the server itself refuses.
 *
 * <p>The tags have few values: the template of the route rather than the path, which contains the key, and known methods only.
 */
public final class RequestMeters extends Handler.Wrapper {

    /** The request attribute with the template of the matched route. */
    public static final String ROUTE = RequestMeters.class.getName() + ".route";

    private static final int UNAUTHORIZED = 401;
    /** The methods that are told apart. */
    static final Set<String> METHODS = Set.of("GET", "HEAD", "POST", "PUT", "DELETE", "PATCH", "OPTIONS");

    private static final Duration[] BUCKETS = {
        Duration.ofMillis(5),
        Duration.ofMillis(10),
        Duration.ofMillis(25),
        Duration.ofMillis(50),
        Duration.ofMillis(100),
        Duration.ofMillis(250),
        Duration.ofMillis(500),
        Duration.ofSeconds(1),
        Duration.ofMillis(2500),
        Duration.ofSeconds(5),
        Duration.ofSeconds(10),
        Duration.ofSeconds(30),
        Duration.ofMinutes(1),
        Duration.ofMinutes(5)
    };

    private final AtomicInteger active = new AtomicInteger();
    private final MeterRegistry registry;
    /** Caches the timers: the registry's lookup copies and sorts the tags, which is noticeable with small requests. */
    private final Map<Kind, Timer> timers = new ConcurrentHashMap<>();

    private final Counter bytesIn;
    private final Counter bytesOut;
    private final Counter refused;

    public RequestMeters(MeterRegistry registry, Handler handler) {
        super(handler);
        this.registry = registry;
        Gauge.builder("http.server.requests.active", active, AtomicInteger::get)
                .description("Requests whose response is not complete")
                .register(registry);
        this.bytesIn = Counter.builder("http.server.request.body")
                .baseUnit("bytes")
                .description("Bytes of request bodies that were read")
                .register(registry);
        this.bytesOut = Counter.builder("http.server.response.body")
                .baseUnit("bytes")
                .description("Bytes of response bodies that were written")
                .register(registry);
        this.refused = Counter.builder("stowage.auth.refused")
                .description("Requests without a valid credential")
                .register(registry);
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        active.incrementAndGet();
        Request.addCompletionListener(request, failure -> record(request, response));
        return super.handle(request, response, callback);
    }

    private void record(Request request, Response response) {
        active.decrementAndGet();
        bytesIn.increment((double) Math.max(0, Request.getContentBytesRead(request)));
        bytesOut.increment((double) Math.max(0, Response.getContentBytesWritten(response)));
        if (response.getStatus() == UNAUTHORIZED) {
            refused.increment();
        }
        long nanos = System.nanoTime() - request.getBeginNanoTime();
        timers.computeIfAbsent(Kind.of(request, response.getStatus()), this::timer)
                .record(nanos, TimeUnit.NANOSECONDS);
    }

    private Timer timer(Kind kind) {
        return Timer.builder("http.server.requests")
                .description("Time from the first byte of a request to the last byte of its response")
                .tags("method", kind.method(), "uri", kind.route(), "status", Integer.toString(kind.status()))
                .serviceLevelObjectives(BUCKETS)
                .register(registry);
    }

    /** The tags of a request. */
    private record Kind(String method, String route, int status) {
        static Kind of(Request request, int status) {
            return new Kind(
                    METHODS.contains(request.getMethod()) ? request.getMethod() : "OTHER",
                    request.getAttribute(ROUTE) instanceof String template ? template : "none",
                    status);
        }
    }
}
