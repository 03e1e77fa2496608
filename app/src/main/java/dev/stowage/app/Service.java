package dev.stowage.app;

import dev.stowage.app.config.Configuration;
import dev.stowage.core.error.StorageException;
import dev.stowage.core.port.Storage;
import dev.stowage.core.port.StorageOpener.Environment;
import dev.stowage.core.port.UploadSessions;
import dev.stowage.http.HttpConfig;
import dev.stowage.http.HttpModule;
import dev.stowage.worker.WorkerModule;
import dev.stowage.worker.sqlite.WorkerDatabase;
import java.lang.management.ManagementFactory;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The running service: a store, the work in the background, and the HTTP API in front. */
final class Service implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Service.class);

    private final Deque<AutoCloseable> parts = new ArrayDeque<>();
    private final CountDownLatch closed = new CountDownLatch(1);

    private String description = "";

    private Service() {}

    /**
     * Starts everything; when a part can't be started, those before it are closed again.
     *
     * @throws StartupFailure when it can't be started; the message says why
     */
    static Service start(Configuration configuration, InstantSource clock) {
        Service service = new Service();
        try {
            service.startParts(configuration, clock);
            return service;
        } catch (RuntimeException e) {
            service.close();
            throw e;
        }
    }

    private void startParts(Configuration configuration, InstantSource clock) {
        DataDirectory.prepare(configuration.dataDirectory());
        Storage storage = add(open(configuration, clock));
        UploadSessions sessions = add(openDatabase(configuration)).sessions();
        add(WorkerModule.start(configuration.worker(), storage, sessions, configuration.layout(), clock));
        HttpModule http = add(listen(configuration, storage, sessions, clock));
        description = "Stowage %s listening on %s, store: %s, layout: %s"
                .formatted(
                        configuration.http().version(),
                        url(configuration.http().host(), http.port()),
                        storage.description(),
                        configuration.layout());
    }

    private static Storage open(Configuration configuration, InstantSource clock) {
        try {
            return configuration.store().open(new Environment(configuration.dataDirectory(), clock));
        } catch (StorageException e) {
            throw new StartupFailure("the store can't be opened: " + e.getMessage(), e);
        }
    }

    private static WorkerDatabase openDatabase(Configuration configuration) {
        try {
            return WorkerDatabase.open(configuration.dataDirectory().resolve("worker.db"));
        } catch (StorageException e) {
            throw new StartupFailure("the database of upload sessions can't be opened: " + e.getMessage(), e);
        }
    }

    private static HttpModule listen(
            Configuration configuration, Storage storage, UploadSessions sessions, InstantSource clock) {
        HttpConfig http = configuration.http();
        try {
            return HttpModule.start(http, storage, sessions, configuration.layout(), clock);
        } catch (IllegalStateException e) {
            throw new StartupFailure(e.getMessage() + " (HTTP_HOST and HTTP_PORT say where to listen)", e);
        }
    }

    /** Where to reach it; an IPv6 address goes into brackets (RFC 3986, section 3.2.2). */
    private static String url(String host, int port) {
        return "http://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }

    private <T extends AutoCloseable> T add(T part) {
        parts.push(part);
        return part;
    }

    /** Tells the log where it listens. Scripts wait for this line, so it comes when all else is in place. */
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
     * Stops accepting requests, lets those under way finish within {@code SHUTDOWN_TIMEOUT}, and closes what was started, last first.
     * What can't be closed does not keep the rest open. Again: does nothing.
     */
    @Override
    public synchronized void close() {
        for (AutoCloseable part = parts.poll(); part != null; part = parts.poll()) {
            try {
                part.close();
            } catch (Exception e) {
                LOG.error("{} could not be closed", part.getClass().getSimpleName(), e);
            }
        }
        closed.countDown();
    }
}
