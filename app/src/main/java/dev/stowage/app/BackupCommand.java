package dev.stowage.app;

import dev.stowage.app.config.Configuration;
import dev.stowage.core.multipart.ProcessId;
import dev.stowage.core.port.StorageOpener;
import dev.stowage.worker.sqlite.WorkerDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Copies the data folder while the service runs. */
@Command(
        name = "backup",
        description = {
            "Copies the data folder while the service runs: the database and, where it is used, the files of the embedded store.",
            "To restore, start the service with DATA_DIR set to the copy. Files in an S3 store are not copied; back them up there.",
            "A database in PostgreSQL (DATABASE_URL) is backed up with PostgreSQL's own tools instead."
        },
        mixinStandardHelpOptions = true,
        versionProvider = StowageCommand.VersionText.class)
final class BackupCommand implements Callable<Integer> {

    private final CliEnvironment environment;

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--verify",
            description =
                    "Check the copy in FOLDER instead of making one: no database is damaged, and every file of the"
                            + " embedded store exists with its size")
    private boolean verify;

    @Parameters(
            paramLabel = "FOLDER",
            description = "The target of the copy: an empty or new folder; with --verify, an existing copy")
    private Path target = Path.of("");

    BackupCommand(CliEnvironment environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() throws IOException {
        Configuration configuration = environment.configuration();
        if (configuration.database().isPresent()) {
            throw new StartupFailure(
                    "DATABASE_URL is set; back up the database with PostgreSQL's own tools, such as pg_dump", null);
        }
        return verify ? verify(configuration) : copy(configuration);
    }

    private int verify(Configuration configuration) {
        Path database = target.resolve(SqliteServiceDatabase.FILE);
        if (!Files.exists(database)) {
            throw new StartupFailure(
                    "no backup in " + target + ": " + SqliteServiceDatabase.FILE + " is missing", null);
        }
        WorkerDatabase.damage(database).ifPresent(found -> {
            throw new StartupFailure("the backup is damaged: " + database + ": " + found, null);
        });
        String files =
                configuration.store().verify(target).map(BackupCommand::with).orElse("");
        spec.commandLine().getOut().println("The backup in " + target + " is complete" + files);
        return ExitCode.OK;
    }

    private static String with(StorageOpener.BackupSize size) {
        return ", with " + size.files() + " files of the embedded store, " + size.bytes() + " bytes";
    }

    private int copy(Configuration configuration) throws IOException {
        prepare();
        // The database is copied first: objects that it does not know yet are cleaned up after a restore, whereas
        // objects that it knows and the store lacks would be lost.
        Path file = SqliteServiceDatabase.existingFile(configuration.dataDirectory());
        try (WorkerDatabase database = WorkerDatabase.open(file, ProcessId.random())) {
            Integrity.damage(configuration).ifPresent(found -> {
                throw new StartupFailure("nothing was copied because a database is damaged: " + found, null);
            });
            database.copyTo(target.resolve(SqliteServiceDatabase.FILE));
        }
        S3MasterSecret.copy(configuration.dataDirectory(), target);
        String files = configuration
                .store()
                .backup(configuration.dataDirectory(), target)
                .map(BackupCommand::with)
                .orElse("");
        try (WorkerDatabase copy =
                WorkerDatabase.open(target.resolve(SqliteServiceDatabase.FILE), ProcessId.random())) {
            copy.endProcesses();
            // The store is copied after its usage was counted, so a restored service has to count again.
            copy.repositories().usage().incomplete();
        }
        spec.commandLine().getOut().println("Copied to " + target + files);
        return ExitCode.OK;
    }

    private void prepare() throws IOException {
        if (Files.exists(target) && !isEmpty()) {
            throw new ParameterException(spec.commandLine(), target + " is not empty; name an empty or a new folder");
        }
        DataDirectory.prepare(target);
    }

    private boolean isEmpty() throws IOException {
        try (Stream<Path> files = Files.list(target)) {
            return files.findAny().isEmpty();
        }
    }
}
