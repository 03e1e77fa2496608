package dev.stowage.app;

import dev.stowage.app.config.Configuration;
import dev.stowage.core.multipart.ProcessId;
import dev.stowage.worker.sqlite.WorkerDatabase;
import java.nio.file.Files;
import java.nio.file.Path;

/** The service's database, for commands that use it beside a running service. */
final class RecordFile {

    static final String NAME = "worker.db";

    private RecordFile() {}

    static Path of(Configuration configuration) {
        return configuration.dataDirectory().resolve(NAME);
    }

    /**
     * Opens the existing database.
     *
     * @throws StartupFailure when there is none
     */
    static WorkerDatabase open(Configuration configuration) {
        Path file = of(configuration);
        if (!Files.exists(file)) {
            throw new StartupFailure("no database at " + file + "; set DATA_DIR to the folder of the service", null);
        }
        return WorkerDatabase.open(file, ProcessId.random());
    }

    /** Opens the database, and creates it if it is missing. */
    static WorkerDatabase openOrCreate(Configuration configuration) {
        DataDirectory.prepare(configuration.dataDirectory());
        return WorkerDatabase.open(of(configuration), ProcessId.random());
    }
}
