package dev.stowage.app;

import dev.stowage.app.config.Configuration;
import dev.stowage.core.error.StorageException;
import dev.stowage.core.multipart.ProcessId;
import dev.stowage.core.port.Signals;
import dev.stowage.core.signal.ProcessSignals;
import dev.stowage.postgres.PostgresClock;
import dev.stowage.postgres.PostgresDatabase;
import dev.stowage.repositories.Repositories;
import dev.stowage.worker.MaintenanceTask;
import dev.stowage.worker.sqlite.WorkerDatabase;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** The database of sessions, jobs, keys and usage: PostgreSQL when {@code DATABASE_URL} is set, otherwise a file in {@code DATA_DIR}. */
final class ServiceDatabase implements AutoCloseable {

    /** The name of the file in {@code DATA_DIR}. */
    static final String FILE = "worker.db";

    private static final int FOLDED_AT_ONCE = 1000;

    private final Repositories repositories;
    private final Signals signals;
    private final InstantSource clock;
    private final Runnable refreshing;
    private final List<MaintenanceTask> maintenance;
    private final Optional<DatabaseMeters> meters;
    private final Runnable closing;

    private ServiceDatabase(
            Repositories repositories,
            Signals signals,
            InstantSource clock,
            Runnable refreshing,
            List<MaintenanceTask> maintenance,
            Optional<DatabaseMeters> meters,
            Runnable closing) {
        this.repositories = repositories;
        this.signals = signals;
        this.clock = clock;
        this.refreshing = refreshing;
        this.maintenance = List.copyOf(maintenance);
        this.meters = meters;
        this.closing = closing;
    }

    /** The database file, where no PostgreSQL is configured. */
    static Path file(Configuration configuration) {
        return configuration.dataDirectory().resolve(FILE);
    }

    /**
     * Opens the database, creates its tables if they are missing, and migrates them to the current schema.
     *
     * @param clock the clock of this machine
     * @throws StartupFailure when it can't be opened
     */
    static ServiceDatabase open(Configuration configuration, ProcessId process, InstantSource clock) {
        try {
            if (configuration.database().isPresent()) {
                return of(PostgresDatabase.open(configuration.database().get(), true), process, clock);
            }
            DataDirectory.prepare(configuration.dataDirectory());
            WorkerDatabase database = WorkerDatabase.open(file(configuration), process);
            return new ServiceDatabase(
                    database.repositories(),
                    new ProcessSignals(),
                    clock,
                    () -> {},
                    List.of(),
                    Optional.empty(),
                    database::close);
        } catch (StorageException e) {
            throw new StartupFailure("the database can't be opened: " + e.getMessage(), e);
        }
    }

    private static ServiceDatabase of(PostgresDatabase database, ProcessId process, InstantSource host) {
        try {
            PostgresClock clock = PostgresClock.open(database);
            MaintenanceTask fold = new MaintenanceTask("Folding changes of usage", false, () -> fold(database));
            Runnable refreshing = () -> {
                database.checkSchema();
                clock.measure();
            };
            DatabaseSignals signals = new DatabaseSignals(database, process);
            return new ServiceDatabase(
                    new Repositories(database, process),
                    signals,
                    clock,
                    refreshing,
                    List.of(fold),
                    Optional.of(new DatabaseMeters(database, clock, host)),
                    () -> {
                        signals.close();
                        database.close();
                    });
        } catch (RuntimeException e) {
            database.close();
            throw e;
        }
    }

    private static void fold(PostgresDatabase database) {
        while (database.foldUsage(FOLDED_AT_ONCE) == FOLDED_AT_ONCE
                && !Thread.currentThread().isInterrupted()) {
            // More changes than one transaction should take.
        }
    }

    /** Opens the database for a command, and creates it if it is missing. */
    static ServiceDatabase openOrCreate(Configuration configuration) {
        return open(configuration, ProcessId.random(), InstantSource.system());
    }

    /**
     * Opens the database of a service for a command.
     *
     * @throws StartupFailure when there is none
     */
    static ServiceDatabase openExisting(Configuration configuration) {
        if (configuration.database().isEmpty() && !Files.exists(file(configuration))) {
            throw new StartupFailure(
                    "no database at " + file(configuration) + "; set DATA_DIR to the folder of the service", null);
        }
        return openOrCreate(configuration);
    }

    /** Whether nodes on other machines may use it, so that any of them may take over the work of this one. */
    boolean isShared() {
        return signals instanceof DatabaseSignals;
    }

    /** The repositories of this process. */
    Repositories repositories() {
        return repositories;
    }

    /** Signals to all processes with this database: those of a PostgreSQL database, or this one alone. */
    Signals signals() {
        return signals;
    }

    /** The time that all processes with this database share. */
    InstantSource clock() {
        return clock;
    }

    /**
     * Follows the time of the database, and checks that its schema was not changed for newer versions. To be called before
     * each renewal of the process's lease.
     *
     * @throws StorageException when the database can't be asked, and the clock advances as before; or when the schema is for newer
     *     versions, and from then on every use of the database fails
     */
    void refresh() {
        refreshing.run();
    }

    /** Recurring tasks that the database needs. */
    List<MaintenanceTask> maintenance() {
        return maintenance;
    }

    /** Registers the meters of the database, and begins to measure. To be called once at most. */
    void bind(MeterRegistry registry) {
        meters.ifPresent(some -> some.bind(registry));
    }

    /** Finishes changes in progress, within a few seconds. Idempotent. */
    @Override
    public void close() {
        meters.ifPresent(DatabaseMeters::close);
        closing.run();
    }
}
