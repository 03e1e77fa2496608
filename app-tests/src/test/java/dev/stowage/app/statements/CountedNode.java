package dev.stowage.app.statements;

import dev.stowage.core.Services;
import dev.stowage.core.access.AccessPolicy;
import dev.stowage.core.access.AuditLog;
import dev.stowage.core.access.Principal;
import dev.stowage.core.access.Rights;
import dev.stowage.core.config.Settings;
import dev.stowage.core.eventlog.EventPublisher;
import dev.stowage.core.job.JobLimits;
import dev.stowage.core.key.KeyLayout;
import dev.stowage.core.link.Links;
import dev.stowage.core.multipart.ProcessId;
import dev.stowage.core.port.Storage;
import dev.stowage.core.port.service.Principals;
import dev.stowage.core.port.service.Signals;
import dev.stowage.core.quota.ProjectQuotas;
import dev.stowage.core.quota.QuotaStorage;
import dev.stowage.core.signal.ProcessSignals;
import dev.stowage.core.spool.SpoolSpace;
import dev.stowage.postgres.PostgresConfig;
import dev.stowage.postgres.PostgresDatabase;
import dev.stowage.repositories.Repositories;
import dev.stowage.repositories.SqlDatabase;
import dev.stowage.testkit.AcceptingSender;
import dev.stowage.testkit.EveryMinute;
import dev.stowage.testkit.InMemorySignals;
import dev.stowage.testkit.InMemoryStorage;
import dev.stowage.testkit.PlainPasswords;
import dev.stowage.testkit.postgres.LentDatabase;
import dev.stowage.testkit.postgres.PostgresServer;
import dev.stowage.worker.sqlite.WorkerDatabase;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/** The services of a node, with a database whose statements are counted, and a store in memory. */
final class CountedNode implements AutoCloseable {

    static final KeyLayout LAYOUT = KeyLayout.parse(KeyLayout.DEFAULT_TEMPLATE);
    static final AccessPolicy POLICY = new AccessPolicy(LAYOUT, AuditLog.NONE);
    static final Principal OWNER = Principal.of("key:owner", "owner", Rights.ALL);

    /** The size in bytes of the parts of resumable uploads. */
    static final int PART_SIZE = 1000;

    private static final ProjectQuotas QUOTAS = new ProjectQuotas(LAYOUT, OptionalLong.of(1L << 40), Map.of());
    private static final Services.Limits LIMITS =
            new Services.Limits(1 << 30, PART_SIZE, 1 << 24, 1000, 100, 100, JobLimits.DEFAULT, Links.Limits.DEFAULT);

    final InstantSource clock = InstantSource.system();
    final Storage storage = new InMemoryStorage();
    final Repositories repositories;
    /** The repositories of the same process without the counting. */
    final Repositories uncounted;

    private final CountingDatabase database;
    private final InMemorySignals notifications = new InMemorySignals();
    private final Signals signals;
    private final Runnable close;

    private CountedNode(SqlDatabase database, boolean notifies, Runnable close) {
        ProcessId process = ProcessId.random();
        this.database = new CountingDatabase(database);
        this.repositories = new Repositories(this.database, process);
        this.uncounted = new Repositories(database, process);
        this.signals = notifies ? notifications.ofProcess() : new ProcessSignals();
        this.close = close;
        Instant now = clock.instant();
        repositories.leases().beat(now, now.plus(Duration.ofDays(1)));
    }

    static CountedNode onPostgres() {
        LentDatabase lent = PostgresServer.shared().lend(empty -> PostgresDatabase.migrate(config(empty)));
        PostgresDatabase database = PostgresDatabase.open(config(lent.url()));
        return new CountedNode(database, true, () -> {
            database.close();
            lent.close();
        });
    }

    private static PostgresConfig config(String url) {
        Settings settings = new Settings(Map.of("DATABASE_URL", url, "DATABASE_POOL_SIZE", "4"));
        return PostgresConfig.from(settings).orElseThrow(() -> new IllegalStateException(settings.problems() + ""));
    }

    static CountedNode onSqlite(Path folder) {
        WorkerDatabase database = WorkerDatabase.open(folder.resolve("worker.db"), ProcessId.random());
        return new CountedNode(database, false, database::close);
    }

    Services services() {
        return services(storage);
    }

    Services services(Storage store) {
        return Services.over(
                new Services.Ports(
                        store,
                        repositories.sessions(),
                        new Services.JobParts(
                                repositories.jobs(), repositories.schedules(), new EveryMinute(), List.of()),
                        new Services.Accounts(
                                repositories.keys(),
                                Optional.empty(),
                                Principals.NOBODY,
                                new Services.Sharing(
                                        repositories.archives(), repositories.links(), new PlainPasswords()),
                                repositories.usage(),
                                QUOTAS),
                        new Services.EventParts(
                                new EventPublisher(repositories.events(), store.journal(), repositories.expiry()),
                                repositories.expiry(),
                                repositories.webhooks(),
                                new AcceptingSender(clock)),
                        signals,
                        SpoolSpace.ofSystem()),
                LAYOUT,
                POLICY,
                LIMITS,
                Runnable::run,
                clock);
    }

    /** The store with a limited quota for each project. */
    QuotaStorage withQuotas() {
        return new QuotaStorage(storage, repositories.usage(), repositories.sessions(), QUOTAS, clock);
    }

    /** The statements of an operation, including notifications, each of which is one. */
    List<String> statements(Runnable operation) {
        int statements = database.statements().size();
        int sent = notifications.sent().size();
        operation.run();
        List<String> all = database.statements();
        List<String> notified = notifications.sent();
        return Stream.concat(
                        all.subList(statements, all.size()).stream(), notified.subList(sent, notified.size()).stream())
                .toList();
    }

    /** How many transactions that change something there were so far. */
    int commits() {
        return database.commits();
    }

    @Override
    public void close() {
        close.run();
    }
}
