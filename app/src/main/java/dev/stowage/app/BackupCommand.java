package dev.stowage.app;

import dev.stowage.app.config.Configuration;
import dev.stowage.core.multipart.ProcessId;
import dev.stowage.core.port.BackupSize;
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
            "Copies the data folder, while the service runs: the database, and the embedded store's files where that is used.",
            "To restore it, start the service with DATA_DIR set to the copy. Files in an S3 store are that store's to back up."
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
                    "Check the copy that is in FOLDER, and make none: that no database is damaged, and that every file of the"
                            + " embedded store is there with its size")
    private boolean verify;

    @Parameters(
            paramLabel = "FOLDER",
            description = "Where the copy goes: a folder that is empty, or not there yet; with --verify, where it is")
    private Path target = Path.of("");

    BackupCommand(CliEnvironment environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() throws IOException {
        Configuration configuration = environment.configuration();
        return verify ? verify(configuration) : copy(configuration);
    }

    private int verify(Configuration configuration) {
        Path database = target.resolve(RecordFile.NAME);
        if (!Files.exists(database)) {
            throw new StartupFailure("there is no copy in " + target + ": " + RecordFile.NAME + " is missing", null);
        }
        WorkerDatabase.damage(database).ifPresent(found -> {
            throw new StartupFailure("the copy is damaged: " + database + ": " + found, null);
        });
        String files =
                configuration.store().verify(target).map(BackupCommand::with).orElse("");
        spec.commandLine().getOut().println("The copy in " + target + " is whole" + files);
        return ExitCode.OK;
    }

    private static String with(BackupSize size) {
        return ", with " + size.files() + " files of the store, " + size.bytes() + " bytes";
    }

    private int copy(Configuration configuration) throws IOException {
        prepare();
        // First: what it does not know of the store's then is cleaned up, and nothing that it knows of is missing
        // without a word.
        try (WorkerDatabase database = RecordFile.open(configuration)) {
            Integrity.damage(configuration).ifPresent(found -> {
                throw new StartupFailure("nothing was copied, as a database is damaged: " + found, null);
            });
            database.copyTo(target.resolve(RecordFile.NAME));
        }
        String files = configuration
                .store()
                .backup(configuration.dataDirectory(), target)
                .map(BackupCommand::with)
                .orElse("");
        try (WorkerDatabase copy = WorkerDatabase.open(target.resolve(RecordFile.NAME), ProcessId.random())) {
            copy.endProcesses();
            // The store is copied later than what was counted of it, so a restored service counts anew.
            copy.usage().incomplete();
        }
        spec.commandLine().getOut().println("Copied to " + target + files);
        return ExitCode.OK;
    }

    private void prepare() throws IOException {
        if (Files.exists(target) && !isEmpty()) {
            throw new ParameterException(
                    spec.commandLine(), target + " is not empty; name a folder that is, or a new one");
        }
        DataDirectory.prepare(target);
    }

    private boolean isEmpty() throws IOException {
        try (Stream<Path> files = Files.list(target)) {
            return files.findAny().isEmpty();
        }
    }
}
