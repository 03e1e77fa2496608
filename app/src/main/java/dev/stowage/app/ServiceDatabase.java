package dev.stowage.app;

import dev.stowage.app.config.Configuration;
import dev.stowage.core.error.StorageException;
import dev.stowage.core.multipart.ProcessId;
import dev.stowage.core.port.service.Signals;
import dev.stowage.repositories.Repositories;
import dev.stowage.worker.MaintenanceTask;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.InstantSource;
import java.util.List;

/** The database of sessions, jobs, keys and usage: PostgreSQL when {@code DATABASE_URL} is set, otherwise a file in {@code DATA_DIR}. */
interface ServiceDatabase extends AutoCloseable {

    /**
     * Opens the database, creates its tables if they are missing, and migrates them to the current schema.
     *
     * <p>A folder {@code DATA_DIR} must exist if the database is in it.
     *
     * @param clock the clock of this machine
     * @throws StartupFailure when it can't be opened
     */
    static ServiceDatabase open(Configuration configuration, ProcessId process, InstantSource clock) {
        try {
            return configuration.database().isPresent()
                    ? PostgresServiceDatabase.open(configuration.database().get(), process, clock)
                    : SqliteServiceDatabase.open(configuration.dataDirectory(), process, clock);
        } catch (StorageException e) {
            throw new StartupFailure("the database can't be opened: " + e.getMessage(), e);
        }
    }

    /** Opens the database for a command, and creates it if it is missing. */
    static ServiceDatabase openOrCreate(Configuration configuration) {
        if (configuration.database().isEmpty()) {
            DataDirectory.prepare(configuration.dataDirectory());
        }
        return open(configuration, ProcessId.random(), InstantSource.system());
    }

    /**
     * Opens the database of a service for a command.
     *
     * @throws StartupFailure when there is none
     */
    static ServiceDatabase openExisting(Configuration configuration) {
        if (configuration.database().isEmpty()) {
            SqliteServiceDatabase.existingFile(configuration.dataDirectory());
        }
        return openOrCreate(configuration);
    }

    /**
     * Announces this process to the others, as long as the database is open. If none of the former ones is running any more, their leases end
     * now, so that their work can be taken over at once. To be called before the first renewal of this process's lease.
     */
    void join();

    /** The repositories of this process. */
    Repositories repositories();

    /** Signals to all processes that this database can reach: those on PostgreSQL, otherwise only this one. */
    Signals signals();

    /** The time that all processes with this database share. */
    InstantSource clock();

    /** Whether processes on other machines may use the database, and take over the work of this one. */
    boolean isShared();

    /**
     * Checks the schema and reads the database's clock, where it has one. To be called before each renewal of the process's
     * lease.
     *
     * @throws StorageException when the database can't be asked, and the clock advances as before; or when the schema is for newer
     *     versions, and from then on every use of the database fails
     */
    void refresh();

    /** Recurring tasks that the database needs. */
    List<MaintenanceTask> maintenance();

    /** Registers the meters of the database, and begins to measure. To be called once at most. */
    void bind(MeterRegistry registry);

    /** Finishes changes in progress, within a few seconds. Idempotent. */
    @Override
    void close();
}
