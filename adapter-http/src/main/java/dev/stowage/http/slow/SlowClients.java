package dev.stowage.http.slow;

import dev.stowage.http.limit.Limits;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Disconnects clients that keep the server waiting too long: they would hold threads, memory and connections to the store. An idle timeout
 * alone does not detect them, since it is reset by every byte.
 *
 * <p>A thread checks all connections a few times a second. The time that the server or the store takes to respond is not counted. When the
 * server waits for very many clients, those that have kept it waiting longest are disconnected early.
 */
public final class SlowClients extends Handler.Wrapper {

    private static final Logger LOG = LoggerFactory.getLogger(SlowClients.class);

    private static final Duration INTERVAL = Duration.ofMillis(250);

    /** A client that keeps the server waiting for less is not slow, however many there are. */
    private static final long SLOW_AFTER = Duration.ofSeconds(1).toNanos();

    private final Limits limits;
    private final IntSupplier maxWaiting;
    private final Counter disconnected;
    /** Used by the monitoring thread only. */
    private final Map<WatchedEndPoint, StallMonitor> watches = new HashMap<>();

    private final ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "stowage-slow-clients");
        thread.setDaemon(true);
        return thread;
    });
    private long checkedAt;

    /**
     * @param maxWaiting returns the number of slow clients that the server may currently wait for
     * @param handler handles the requests
     */
    public SlowClients(Limits limits, IntSupplier maxWaiting, MeterRegistry registry, Handler handler) {
        super(handler);
        this.limits = limits;
        this.maxWaiting = maxWaiting;
        this.disconnected = Counter.builder("stowage.slow.clients")
                .description("Clients disconnected because they sent or received too slowly")
                .register(registry);
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        WatchedEndPoint.of(request).ifPresent(end -> end.begin(request));
        return super.handle(request, response, callback);
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        checkedAt = System.nanoTime();
        Future<?> unused = executor.scheduleWithFixedDelay(
                this::checkAll, INTERVAL.toMillis(), INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    protected void doStop() throws Exception {
        executor.shutdownNow();
        super.doStop();
    }

    private void checkAll() {
        try {
            long now = System.nanoTime();
            long passed = now - checkedAt;
            checkedAt = now;
            follow(connections());
            watches.values().stream()
                    .filter(monitor -> monitor.check(passed))
                    .forEach(monitor -> disconnected.increment());
            disconnectSlowest();
        } catch (RuntimeException e) {
            LOG.error("Could not check the connections for slow clients", e);
        }
    }

    private Set<WatchedEndPoint> connections() {
        Set<WatchedEndPoint> open = new HashSet<>();
        for (Connector connector : getServer().getConnectors()) {
            for (EndPoint end : connector.getConnectedEndPoints()) {
                if (end instanceof WatchedEndPoint watched) {
                    open.add(watched);
                }
            }
        }
        return open;
    }

    private void follow(Set<WatchedEndPoint> open) {
        watches.keySet().retainAll(open);
        open.forEach(end -> watches.computeIfAbsent(end, one -> new StallMonitor(one, limits)));
    }

    private void disconnectSlowest() {
        List<StallMonitor> waiting = watches.values().stream()
                .filter(monitor -> monitor.spent() > SLOW_AFTER)
                .sorted(Comparator.comparingLong(StallMonitor::spent).reversed())
                .toList();
        waiting.stream()
                .limit(Math.max(0, waiting.size() - maxWaiting.getAsInt()))
                .forEach(monitor -> {
                    monitor.disconnect();
                    disconnected.increment();
                });
    }
}
