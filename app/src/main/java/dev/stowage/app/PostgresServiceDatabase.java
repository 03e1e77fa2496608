package dev.stowage.app;

import dev.stowage.core.multipart.ProcessId;
import dev.stowage.core.port.service.Signals;
import dev.stowage.postgres.PostgresClock;
import dev.stowage.postgres.PostgresConfig;
import dev.stowage.postgres.PostgresDatabase;
import dev.stowage.repositories.Repositories;
import dev.stowage.worker.MaintenanceTask;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.InstantSource;
import java.util.List;

/** The PostgreSQL database that several nodes share. */
final class PostgresServiceDatabase implements ServiceDatabase {

    private static final int FOLDED_AT_ONCE = 1000;

    private final PostgresDatabase database;
    private final PostgresClock clock;
    private final Repositories repositories;
    private final DatabaseSignals signals;
    private final PostgresMeters meters;

    private PostgresServiceDatabase(
            PostgresDatabase database, PostgresClock clock, ProcessId process, InstantSource host) {
        this.database = database;
        this.clock = clock;
        repositories = new Repositories(database, process);
        signals = new DatabaseSignals(database, process);
        meters = new PostgresMeters(database, clock, host);
    }

    /** @param host the clock of this machine, which is only measured */
    static PostgresServiceDatabase open(PostgresConfig config, ProcessId process, InstantSource host) {
        PostgresDatabase database = PostgresDatabase.open(config);
        try {
            return new PostgresServiceDatabase(database, PostgresClock.open(database), process, host);
        } catch (RuntimeException e) {
            database.close();
            throw e;
        }
    }

    /** {@inheritDoc} The processes on other machines are known by their leases only. */
    @Override
    public void join() {}

    @Override
    public Repositories repositories() {
        return repositories;
    }

    @Override
    public Signals signals() {
        return signals;
    }

    @Override
    public InstantSource clock() {
        return clock;
    }

    @Override
    public boolean isShared() {
        return true;
    }

    @Override
    public void refresh() {
        database.checkSchema();
        clock.measure();
    }

    @Override
    public List<MaintenanceTask> maintenance() {
        return List.of(new MaintenanceTask("Folding changes of usage", false, this::foldUsage));
    }

    /** Folds all changes that wait, in transactions that don't take long. */
    private void foldUsage() {
        long folded = FOLDED_AT_ONCE;
        while (folded == FOLDED_AT_ONCE && !Thread.currentThread().isInterrupted()) {
            folded = database.foldUsage(FOLDED_AT_ONCE);
        }
    }

    @Override
    public void bind(MeterRegistry registry) {
        meters.bind(registry);
    }

    @Override
    public void close() {
        meters.close();
        signals.close();
        database.close();
    }
}
