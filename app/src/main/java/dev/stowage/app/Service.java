package dev.stowage.app;

import dev.stowage.app.config.Configuration;
import dev.stowage.core.access.AccessPolicy;
import dev.stowage.core.disk.DiskReserve;
import dev.stowage.core.error.StorageException;
import dev.stowage.core.multipart.ProcessId;
import dev.stowage.core.port.Leases;
import dev.stowage.core.port.Storage;
import dev.stowage.core.port.StorageOpener.Environment;
import dev.stowage.core.port.UploadSessions;
import dev.stowage.core.quota.QuotaStorage;
import dev.stowage.core.spool.SpoolConfig;
import dev.stowage.core.spool.SpoolSpace;
import dev.stowage.core.upload.SessionJournal;
import dev.stowage.http.HttpConfig;
import dev.stowage.http.HttpModule;
import dev.stowage.http.access.RequestAuthenticator;
import dev.stowage.http.ops.HealthCheck;
import dev.stowage.http.server.Listener;
import dev.stowage.worker.Heartbeat;
import dev.stowage.worker.MaintenanceTask;
import dev.stowage.worker.WorkerConfig;
import dev.stowage.worker.WorkerModule;
import dev.stowage.worker.WorkerModule.Ledgers;
import dev.stowage.worker.sqlite.WorkerDatabase;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A running process: a store and the work in the background, and the HTTP API in front where it serves. */
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
    static Service serve(Configuration configuration, InstantSource clock) {
        return start(service -> service.startServing(configuration, clock));
    }

    /** Starts the work in the background alone, whatever {@code WORKER_ENABLED} says; else as {@link #serve} has it. */
    static Service work(Configuration configuration, InstantSource clock) {
        return start(service -> service.startWorking(configuration, clock));
    }

    private static Service start(Consumer<Service> parts) {
        Service service = new Service();
        try {
            parts.accept(service);
            return service;
        } catch (RuntimeException e) {
            service.close();
            throw e;
        }
    }

    private void startServing(Configuration configuration, InstantSource clock) {
        Foundation foundation = lay(configuration, clock);
        WorkerModule worker = add(work(configuration, configuration.worker(), foundation, clock));
        HttpModule http = add(listen(configuration, foundation, clock));
        WorkerMeters.bind(worker, http.meters());
        foundation.audit().bind(http.meters());
        foundation.integrity().bind(http.meters());
        description = "Stowage %s listening on %s, store: %s, layout: %s"
                .formatted(
                        configuration.http().version(),
                        url(configuration.http().listener(), http.port()),
                        foundation.storage().description(),
                        configuration.layout());
    }

    private void startWorking(Configuration configuration, InstantSource clock) {
        Foundation foundation = lay(configuration, clock);
        add(work(configuration, configuration.worker().asEnabled(), foundation, clock));
        description = "Stowage %s working in the background, store: %s, layout: %s"
                .formatted(configuration.http().version(), foundation.storage().description(), configuration.layout());
    }

    /** What every process stands on. */
    private record Foundation(
            Storage storage,
            SpoolSpace spools,
            Ledgers ledgers,
            RequestAuthenticator authenticator,
            AccessPolicy policy,
            AuditTrail audit,
            Integrity integrity,
            List<MaintenanceTask> maintenance) {}

    private Foundation lay(Configuration configuration, InstantSource clock) {
        DataDirectory.prepare(configuration.dataDirectory());
        AuditTrail audit = add(AuditTrail.open(configuration.audit()));
        ProcessId process = ProcessId.random();
        WorkerDatabase database = add(openDatabase(configuration, process));
        Leases leases = database.leases();
        Heartbeat heartbeat = add(Heartbeat.start(leases, clock));
        UploadSessions sessions = database.sessions();
        SessionJournal journal = new SessionJournal(sessions, configuration.layout(), process, clock);
        SpoolSpace spools = spools(configuration.spool());
        Storage within =
                add(open(configuration, new Environment(configuration.dataDirectory(), clock, journal, spools)));
        Optional<QuotaStorage> counted = configuration.quotas().enabled()
                ? Optional.of(new QuotaStorage(within, database.usage(), sessions, configuration.quotas(), clock))
                : Optional.empty();
        if (counted.isEmpty()) {
            // When quotas come back, what went uncounted until then has to be counted anew.
            database.usage().incomplete();
        }
        Storage storage = counted.<Storage>map(quotas -> quotas).orElse(within);
        AccessPolicy policy = new AccessPolicy(configuration.layout(), audit.log());
        Integrity integrity = new Integrity(configuration);
        Identities identities = add(new Identities(configuration.access(), database, configuration.layout(), clock));
        Ledgers ledgers = new Ledgers(sessions, database.jobs(), identities.principals(), leases, heartbeat.lease());
        return new Foundation(
                storage,
                spools,
                ledgers,
                identities.authenticator(audit.log()),
                policy,
                audit,
                integrity,
                maintenance(counted, integrity));
    }

    private static List<HealthCheck> checks(Configuration configuration, Foundation foundation) {
        DiskReserve reserve = DiskReserve.in(configuration.dataDirectory());
        HealthCheck disk = new HealthCheck("disk", () -> {
            reserve.fill();
            reserve.checkRoom();
        });
        return Stream.concat(Stream.of(disk, foundation.integrity().check()), foundation.audit().checks().stream())
                .toList();
    }

    private static WorkerModule work(
            Configuration configuration, WorkerConfig worker, Foundation foundation, InstantSource clock) {
        return WorkerModule.start(
                worker,
                foundation.storage(),
                foundation.ledgers(),
                configuration.layout(),
                foundation.policy(),
                foundation.maintenance(),
                clock);
    }

    private static List<MaintenanceTask> maintenance(Optional<QuotaStorage> counted, Integrity integrity) {
        Stream<MaintenanceTask> quotas = counted.stream()
                .flatMap(storage -> Stream.of(
                        new MaintenanceTask("Settling what projects hold", false, storage::settle),
                        new MaintenanceTask("Counting what projects hold", false, () -> count(storage))));
        return Stream.concat(quotas, Stream.of(integrity.maintenance())).toList();
    }

    /** Once; after that every change is counted. */
    private static void count(QuotaStorage storage) {
        if (!storage.isCounted()) {
            long corrected = storage.recount();
            LOG.atInfo().addKeyValue("files", corrected).log("Counted what projects hold");
        }
    }

    private static Storage open(Configuration configuration, Environment environment) {
        try {
            return configuration.store().open(environment);
        } catch (StorageException e) {
            throw new StartupFailure("the store can't be opened: " + e.getMessage(), e);
        }
    }

    private static SpoolSpace spools(SpoolConfig config) {
        try {
            return SpoolSpace.open(config.directory(), config.limit());
        } catch (UncheckedIOException e) {
            throw new StartupFailure(
                    "SPOOL_DIR: " + config.directory()
                            + " can't be written to; name a folder that this user may write to",
                    e);
        }
    }

    private static WorkerDatabase openDatabase(Configuration configuration, ProcessId process) {
        try {
            return WorkerDatabase.open(RecordFile.of(configuration), process);
        } catch (StorageException e) {
            throw new StartupFailure("the worker's database can't be opened: " + e.getMessage(), e);
        }
    }

    private static HttpModule listen(Configuration configuration, Foundation foundation, InstantSource clock) {
        HttpConfig http = configuration.http();
        try {
            Ledgers ledgers = foundation.ledgers();
            HttpModule.Backing backing = new HttpModule.Backing(
                    foundation.storage(),
                    ledgers.sessions(),
                    ledgers.jobs(),
                    checks(configuration, foundation),
                    foundation.spools());
            HttpModule.Guard guard = new HttpModule.Guard(foundation.authenticator(), foundation.policy());
            return HttpModule.start(http, backing, guard, configuration.layout(), clock);
        } catch (IllegalStateException e) {
            throw new StartupFailure(
                    e.getMessage()
                            + " (HTTP_HOST and HTTP_PORT say where to listen, TLS_CERT_FILE and TLS_KEY_FILE with which certificate)",
                    e);
        }
    }

    /** Where to reach it; an IPv6 address goes into brackets (RFC 3986, section 3.2.2). */
    private static String url(Listener listener, int port) {
        String host = listener.host();
        return listener.scheme() + "://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
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
