package dev.stowage.app;

import dev.stowage.app.config.Configuration;
import dev.stowage.app.config.SpoolConfig;
import dev.stowage.app.imports.ImportStores;
import dev.stowage.app.telemetry.Telemetry;
import dev.stowage.core.Services;
import dev.stowage.core.Services.Accounts;
import dev.stowage.core.Services.EventParts;
import dev.stowage.core.Services.JobParts;
import dev.stowage.core.Services.Sharing;
import dev.stowage.core.access.AccessPolicy;
import dev.stowage.core.apikey.S3Secrets;
import dev.stowage.core.disk.DiskReserve;
import dev.stowage.core.error.StorageException;
import dev.stowage.core.eventlog.EventPublisher;
import dev.stowage.core.eventlog.EventStorage;
import dev.stowage.core.fence.FencedStorage;
import dev.stowage.core.link.Links;
import dev.stowage.core.multipart.ProcessId;
import dev.stowage.core.observe.Observer;
import dev.stowage.core.port.Storage;
import dev.stowage.core.port.StorageOpener.Environment;
import dev.stowage.core.port.records.ApiKeys;
import dev.stowage.core.port.records.ArchiveRecords;
import dev.stowage.core.port.records.LinkRecords;
import dev.stowage.core.port.service.SignatureAuthenticator;
import dev.stowage.core.quota.QuotaStorage;
import dev.stowage.core.spool.SpoolSpace;
import dev.stowage.core.upload.SessionJournal;
import dev.stowage.http.HttpModule;
import dev.stowage.http.access.RequestAuthenticator;
import dev.stowage.http.ops.HealthCheck;
import dev.stowage.http.ops.MeterSetup;
import dev.stowage.http.protocol.SideProtocol;
import dev.stowage.http.trace.RequestId;
import dev.stowage.repositories.Repositories;
import dev.stowage.s3api.S3ApiConfig;
import dev.stowage.s3api.S3ApiModule;
import dev.stowage.webhook.WebhookModule;
import dev.stowage.worker.Heartbeat;
import dev.stowage.worker.MaintenanceTask;
import dev.stowage.worker.WorkerConfig;
import dev.stowage.worker.WorkerModule;
import dev.stowage.worker.WorkerModule.Ledgers;
import dev.stowage.worker.cron.CronTimetables;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/** Wires the components that every process has, and starts the worker and the HTTP API on them. */
final class ServiceComponents {

    private static final Logger LOG = LoggerFactory.getLogger(ServiceComponents.class);

    private final Configuration configuration;
    private final InstantSource clock;
    private final AuditTrail audit;
    /** Used without lambdas and references to its methods, whose signatures would load OpenTelemetry's classes where there is none. */
    private final Optional<Telemetry> telemetry;

    private final ServiceDatabase database;
    private final Optional<S3Secrets> s3Secrets;
    private final Integrity integrity;
    private final SpoolSpace spools;
    private final Storage storage;
    private final ImportStores imports;
    private final Ledgers ledgers;
    private final ApiKeys apiKeys;
    private final RequestAuthenticator authenticator;
    private final Optional<SignatureAuthenticator> s3Keys;
    private final AccessPolicy policy;
    private final EventParts events;
    private final List<MaintenanceTask> maintenance;

    /**
     * Opens the components. What was opened before a failure is in {@code resources}.
     *
     * @param systemClock the clock of this machine
     * @param resources takes ownership of what has to be closed
     * @throws StartupFailure when a component can't be opened; the message says why
     */
    ServiceComponents(Configuration configuration, InstantSource systemClock, ResourceStack resources) {
        this.configuration = configuration;
        DataDirectory.prepare(configuration.dataDirectory());
        audit = resources.add(AuditTrail.open(configuration.audit()));
        ProcessId process = ProcessId.random();
        telemetry = startTelemetry(configuration, process, systemClock, resources);
        database = resources.add(ServiceDatabase.open(configuration, process, systemClock));
        database.join();
        clock = database.clock();
        Repositories repositories = database.repositories();
        Heartbeat heartbeat =
                resources.add(Heartbeat.start(repositories.leases(), clock, systemClock, database::refresh));
        SessionJournal journal = new SessionJournal(repositories.sessions(), configuration.layout(), process, clock);
        spools = openSpools(configuration.spool());
        Supplier<Optional<String>> requestId = () -> Optional.ofNullable(MDC.get(RequestId.LOG_KEY));
        policy = new AccessPolicy(
                configuration.layout(),
                audit.log(),
                requestId,
                telemetry.isPresent() ? telemetry.get().observer() : Observer.NONE);
        Storage plain = resources.add(openStore(
                configuration,
                new Environment(configuration.dataDirectory(), clock, journal, spools, policy.origins())));
        imports = resources.add(new ImportStores(configuration.imports(), spools, clock));
        Storage opened = telemetry.isPresent() ? telemetry.get().traced(plain) : plain;
        Storage store = database.isShared() ? new FencedStorage(opened, heartbeat.lease()::fence) : opened;
        Optional<QuotaStorage> counted = counted(store, repositories);
        Storage within = counted.isPresent() ? counted.get() : store;
        Optional<EventStorage> recorded = opened.journal().isPresent()
                ? Optional.empty()
                : Optional.of(new EventStorage(within, repositories.changeIntents(), policy.origins(), clock));
        storage = recorded.isPresent() ? recorded.get() : within;
        integrity = new Integrity(configuration);
        s3Secrets = S3MasterSecret.open(configuration);
        Identities identities = resources.add(new Identities(configuration, database, s3Secrets));
        apiKeys = identities.keys();
        authenticator = identities.authenticator(audit.log());
        s3Keys = identities.signatures();
        events = new EventParts(
                new EventPublisher(repositories.events(), opened.journal(), repositories.expiry()),
                repositories.expiry(),
                repositories.webhooks(),
                resources
                        .add(WebhookModule.open(configuration.webhooks(), clock))
                        .sender());
        ledgers = new Ledgers(
                repositories.sessions(requestId),
                repositories.jobs(),
                repositories.schedules(),
                repositories.expiry(),
                identities.principals(),
                repositories.leases(),
                heartbeat.lease(),
                database.signals(),
                new WorkerModule.EventLedgers(events.publisher(), events.webhooks(), events.sender(), List.of()));
        maintenance = Stream.of(
                        usageTasks(counted),
                        eventTasks(recorded),
                        Stream.of(
                                integrity.maintenance(),
                                archiveTask(repositories.archives(), clock),
                                linkTask(repositories.links(), clock)),
                        database.maintenance().stream())
                .flatMap(tasks -> tasks)
                .toList();
    }

    /** The store with every change counted, if there are quotas. */
    private Optional<QuotaStorage> counted(Storage store, Repositories repositories) {
        if (!configuration.quotas().enabled()) {
            // Changes are not counted from now on, so enabling quotas later needs a new count.
            repositories.usage().incomplete();
            return Optional.empty();
        }
        return Optional.of(
                new QuotaStorage(store, repositories.usage(), repositories.sessions(), configuration.quotas(), clock));
    }

    /** What the store is, for the log. */
    String storeDescription() {
        return storage.description();
    }

    /** Starts the background work. The caller closes it. */
    WorkerModule startWorker(WorkerConfig config) {
        return WorkerModule.start(
                config,
                new WorkerModule.Stores(storage, imports.sources()),
                ledgers,
                configuration.layout(),
                policy,
                maintenance,
                clock);
    }

    /**
     * Starts the HTTP API. The caller closes it.
     *
     * @throws StartupFailure when it can't listen
     */
    HttpModule startHttp() {
        if (configuration.http().redirects().byDefault() && storage.signer().isEmpty()) {
            throw new StartupFailure(
                    "DOWNLOAD_MODE=redirect needs a store that signs URLs, which this one does not; remove the setting",
                    null);
        }
        Repositories repositories = database.repositories();
        Services.Ports ports = new Services.Ports(
                storage,
                ledgers.sessions(),
                new JobParts(ledgers.jobs(), ledgers.schedules(), new CronTimetables(), imports.sources()),
                new Accounts(
                        apiKeys,
                        s3Secrets,
                        ledgers.principals(),
                        new Sharing(repositories.archives(), repositories.links(), new BcryptPasswords()),
                        repositories.usage(),
                        configuration.quotas()),
                events,
                ledgers.signals(),
                spools);
        HttpModule.Backing backing = new HttpModule.Backing(
                ports,
                checks(),
                telemetry.isPresent() ? Optional.of(telemetry.get().api()) : Optional.empty());
        HttpModule.Guard guard = new HttpModule.Guard(authenticator, policy);
        try {
            return HttpModule.start(
                    configuration.http(),
                    backing,
                    guard,
                    configuration.layout(),
                    clock,
                    configuration.s3Api().map(this::s3Api));
        } catch (IllegalStateException e) {
            throw new StartupFailure(
                    e.getMessage()
                            + " (HTTP_HOST, HTTP_PORT and S3_API_PORT set the addresses, TLS_CERT_FILE and TLS_KEY_FILE the certificate)",
                    e);
        }
    }

    /** The S3 protocol, on a port of its own. */
    private SideProtocol s3Api(S3ApiConfig config) {
        S3ApiModule.Guard guard = new S3ApiModule.Guard(s3Keys, audit.log());
        return new SideProtocol(
                config.port(),
                config.domain(),
                (services, control) -> S3ApiModule.handler(
                        config,
                        storage.bucket(),
                        services,
                        configuration.layout(),
                        guard,
                        new S3ApiModule.Shared(new SharedTraffic(control), new SharedForms()),
                        clock),
                S3ApiModule::error);
    }

    /** Registers the meters of these components and of the worker with those of the HTTP API. */
    void bindMeters(WorkerModule worker, HttpModule http) {
        bindMeters(worker, http.meters());
    }

    /** Measures a process without the HTTP API, if its metrics are exported. */
    void bindMeters(WorkerModule worker, ResourceStack resources) {
        if (telemetry.isPresent()) {
            MeterRegistry registry = new SimpleMeterRegistry();
            MeterSetup unused = resources.add(new MeterSetup(registry));
            bindMeters(worker, registry);
        }
    }

    private void bindMeters(WorkerModule worker, MeterRegistry registry) {
        WorkerMeters.bind(worker, registry);
        database.bind(registry);
        audit.bind(registry);
        integrity.bind(registry);
        if (telemetry.isPresent()) {
            telemetry.get().export(registry);
        }
    }

    private List<HealthCheck> checks() {
        DiskReserve reserve = DiskReserve.in(configuration.dataDirectory());
        HealthCheck disk = new HealthCheck("disk", () -> {
            reserve.fill();
            reserve.checkRoom();
        });
        return Stream.concat(Stream.of(disk, integrity.check()), audit.checks().stream())
                .toList();
    }

    private static Stream<MaintenanceTask> usageTasks(Optional<QuotaStorage> counted) {
        return counted.stream()
                .flatMap(storage -> Stream.of(
                        new MaintenanceTask("Settling project usage", false, storage::settle),
                        new MaintenanceTask("Counting project usage", false, () -> count(storage))));
    }

    private static MaintenanceTask archiveTask(ArchiveRecords archives, InstantSource clock) {
        return new MaintenanceTask("Forgetting archives", false, () -> {
            while (archives.prune(clock.instant()) && !Thread.currentThread().isInterrupted()) {
                // There are more.
            }
        });
    }

    private static MaintenanceTask linkTask(LinkRecords links, InstantSource clock) {
        return new MaintenanceTask("Forgetting ended links", false, () -> {
            Instant now = clock.instant();
            while (links.prune(now.minus(Links.KEPT), now)
                    && !Thread.currentThread().isInterrupted()) {
                // There are more.
            }
        });
    }

    private static Stream<MaintenanceTask> eventTasks(Optional<EventStorage> recorded) {
        return recorded.stream()
                .map(storage -> new MaintenanceTask("Recording interrupted changes", false, storage::settle));
    }

    /** Counts once; after that every change is recorded. */
    private static void count(QuotaStorage storage) {
        if (!storage.isCounted()) {
            long corrected = storage.recount();
            LOG.atInfo().addKeyValue("files", corrected).log("Counted project usage");
        }
    }

    private static Optional<Telemetry> startTelemetry(
            Configuration configuration, ProcessId process, InstantSource clock, ResourceStack resources) {
        if (!configuration.telemetry().isEnabled()) {
            return Optional.empty();
        }
        try {
            return Optional.of(resources.add(Telemetry.start(
                    configuration.telemetry(), configuration.http().version(), process, clock)));
        } catch (IllegalArgumentException e) {
            throw new StartupFailure("OpenTelemetry can't be started: " + e.getMessage(), e);
        }
    }

    private static Storage openStore(Configuration configuration, Environment environment) {
        try {
            return configuration.store().open(environment);
        } catch (StorageException e) {
            throw new StartupFailure("the store can't be opened: " + e.getMessage(), e);
        }
    }

    private static SpoolSpace openSpools(SpoolConfig config) {
        try {
            return SpoolSpace.open(config.directory(), config.limit());
        } catch (UncheckedIOException e) {
            throw new StartupFailure(
                    "SPOOL_DIR: " + config.directory() + " is not writable; name a folder that this user can write to",
                    e);
        }
    }
}
