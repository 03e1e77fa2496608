package dev.stowage.app;

import dev.stowage.app.config.Configuration;
import dev.stowage.core.multipart.ProcessId;
import dev.stowage.worker.sqlite.WorkerDatabase;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where the service keeps its records, for commands that work on them beside it. */
final class RecordFile {

    static final String NAME = "worker.db";

    private RecordFile() {}

    static Path of(Configuration configuration) {
        return configuration.dataDirectory().resolve(NAME);
    }

    /**
     * Opens the records that are there.
     *
     * @throws StartupFailure when there are none
     */
    static WorkerDatabase open(Configuration configuration) {
        Path file = of(configuration);
        if (!Files.exists(file)) {
            throw new StartupFailure("there is no database at " + file + "; DATA_DIR says where it is", null);
        }
        return WorkerDatabase.open(file, ProcessId.random());
    }

    /** Opens the records, making them where there are none yet. */
    static WorkerDatabase openOrCreate(Configuration configuration) {
        DataDirectory.prepare(configuration.dataDirectory());
        return WorkerDatabase.open(of(configuration), ProcessId.random());
    }
}
