package dev.stowage.app;

import dev.stowage.core.multipart.ProcessId;
import dev.stowage.core.port.service.Signals;
import dev.stowage.core.signal.ProcessSignals;
import dev.stowage.repositories.Repositories;
import dev.stowage.worker.MaintenanceTask;
import dev.stowage.worker.sqlite.WorkerDatabase;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The database in a file of {@code DATA_DIR}, for processes on one machine. */
final class SqliteServiceDatabase implements ServiceDatabase {

    /** The name of the file in {@code DATA_DIR}. */
    static final String FILE = "worker.db";

    private static final Logger LOG = LoggerFactory.getLogger(SqliteServiceDatabase.class);

    private final Path folder;
    private final WorkerDatabase database;
    private final Repositories repositories;
    private final Signals signals = new ProcessSignals();
    private final InstantSource clock;
    private final ResourceStack resources = new ResourceStack();

    private SqliteServiceDatabase(Path folder, WorkerDatabase database, InstantSource clock) {
        this.folder = folder;
        this.database = database;
        this.repositories = database.repositories();
        this.clock = clock;
    }

    /** Opens the file in {@code folder}, and creates it if it is missing. */
    static SqliteServiceDatabase open(Path folder, ProcessId process, InstantSource clock) {
        return new SqliteServiceDatabase(folder, WorkerDatabase.open(folder.resolve(FILE), process), clock);
    }

    /**
     * The file in {@code folder}.
     *
     * @throws StartupFailure when there is none
     */
    static Path existingFile(Path folder) {
        Path file = folder.resolve(FILE);
        if (!Files.exists(file)) {
            throw new StartupFailure("no database at " + file + "; set DATA_DIR to the folder of the service", null);
        }
        return file;
    }

    @Override
    public void join() {
        try {
            resources.add(ProcessLock.take(folder, database::endProcesses));
        } catch (IOException e) {
            LOG.warn("Could not lock {} in {}; after a crash, work is taken over later", ProcessLock.FILE, folder, e);
        }
    }

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
        return false;
    }

    @Override
    public void refresh() {}

    @Override
    public List<MaintenanceTask> maintenance() {
        return List.of();
    }

    @Override
    public void bind(MeterRegistry registry) {}

    @Override
    public void close() {
        database.close();
        resources.close();
    }
}
