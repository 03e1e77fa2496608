package dev.stowage.app;

import dev.stowage.app.config.Configuration;
import dev.stowage.http.HttpModule;
import dev.stowage.http.server.Listener;
import dev.stowage.worker.WorkerModule;
import java.lang.management.ManagementFactory;
import java.time.InstantSource;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A running process: a store, background work and, when serving, the HTTP API. */
final class Service implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Service.class);

    private final ResourceStack resources;
    private final String description;
    private final CountDownLatch closed = new CountDownLatch(1);

    private Service(ResourceStack resources, String description) {
        this.resources = resources;
        this.description = description;
    }

    /**
     * Starts everything. After a failure, what was started is closed again.
     *
     * @throws StartupFailure when a part can't be started; the message says why
     */
    static Service serve(Configuration configuration, InstantSource clock) {
        return start(resources -> {
            ServiceComponents components = new ServiceComponents(configuration, clock, resources);
            WorkerModule worker = resources.add(components.startWorker(configuration.worker()));
            HttpModule http = resources.add(components.startHttp());
            components.bindMeters(worker, http);
            String s3Api = configuration.s3Api().isPresent()
                    ? ", S3 API on " + url(configuration.http().listener(), http.sidePort())
                    : "";
            return "Stowage %s listening on %s%s, store: %s, layout: %s"
                    .formatted(
                            configuration.http().version(),
                            url(configuration.http().listener(), http.port()),
                            s3Api,
                            components.storeDescription(),
                            configuration.layout());
        });
    }

    /** Starts background work only, regardless of {@code WORKER_ENABLED}; otherwise like {@link #serve}. */
    static Service work(Configuration configuration, InstantSource clock) {
        return start(resources -> {
            ServiceComponents components = new ServiceComponents(configuration, clock, resources);
            WorkerModule worker =
                    resources.add(components.startWorker(configuration.worker().asEnabled()));
            components.bindMeters(worker, resources);
            return "Stowage %s working in the background, store: %s, layout: %s"
                    .formatted(configuration.http().version(), components.storeDescription(), configuration.layout());
        });
    }

    /** @param parts starts the parts, and describes them for the log */
    private static Service start(Function<ResourceStack, String> parts) {
        ResourceStack resources = new ResourceStack();
        try {
            return new Service(resources, parts.apply(resources));
        } catch (RuntimeException e) {
            resources.close();
            throw e;
        }
    }

    /** The URL of the service; an IPv6 address is put in brackets (RFC 3986, section 3.2.2). */
    private static String url(Listener listener, int port) {
        String host = listener.host();
        return listener.scheme() + "://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }

    /** Logs the address. Scripts wait for this line, so it comes last. */
    void announce() {
        LOG.info(
                "{}, started in {} ms",
                description,
                ManagementFactory.getRuntimeMXBean().getUptime());
    }

    /** Waits until the service is closed. */
    void awaitClosed() throws InterruptedException {
        closed.await();
    }

    /**
     * Stops accepting requests, waits up to {@code SHUTDOWN_TIMEOUT} for those in progress, and closes what was started in reverse
     * order. A failure to close one part does not keep the others open. Idempotent.
     */
    @Override
    public synchronized void close() {
        resources.close();
        closed.countDown();
    }
}
