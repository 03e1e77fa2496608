package dev.stowage.app;

import dev.stowage.app.config.Configuration;
import dev.stowage.core.multipart.ProcessId;
import dev.stowage.postgres.DatabaseCopy;
import dev.stowage.postgres.PostgresConfig;
import dev.stowage.postgres.PostgresDatabase;
import dev.stowage.worker.sqlite.WorkerDatabase;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Copies the database in the data folder into PostgreSQL. */
@Command(
        name = "copy",
        description = {
            "Copies the database in DATA_DIR into the empty PostgreSQL database DATABASE_URL, and compares the two.",
            "Stop the service first, and start it with DATABASE_URL afterwards. Either everything is copied or nothing, so a copy"
                    + " that failed can be repeated. The original is not changed."
        },
        mixinStandardHelpOptions = true,
        versionProvider = StowageCommand.VersionText.class)
final class CopyDatabaseCommand implements Callable<Integer> {

    private static final String FORMAT = "%-20s  %12s";

    private final CliEnvironment environment;

    @Spec
    private CommandSpec spec;

    CopyDatabaseCommand(CliEnvironment environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() {
        Configuration configuration = environment.configuration();
        PostgresConfig target = configuration
                .database()
                .orElseThrow(
                        () -> new StartupFailure("DATABASE_URL is not set; it names the target of the copy", null));
        Path file = SqliteServiceDatabase.existingFile(configuration.dataDirectory());
        WorkerDatabase.damage(file).ifPresent(found -> {
            throw new StartupFailure(
                    "nothing was copied because the database is damaged: " + file + ": " + found, null);
        });
        PrintWriter err = spec.commandLine().getErr();
        err.println(PostgresDatabase.migrate(target));
        try (WorkerDatabase source = WorkerDatabase.open(file, ProcessId.random())) {
            show(DatabaseCopy.copy(
                    source, target, InstantSource.system().instant(), table -> err.println("Copying " + table)));
        }
        return ExitCode.OK;
    }

    private void show(DatabaseCopy.Result copied) {
        PrintWriter out = spec.commandLine().getOut();
        out.println(String.format(Locale.ROOT, FORMAT, "TABLE", "ROWS"));
        copied.rows().forEach(rows -> out.println(String.format(Locale.ROOT, FORMAT, rows.table(), rows.count())));
        out.println("Usage of all projects: " + copied.usage().bytes() + " bytes in "
                + copied.usage().files() + " files, " + copied.usage().reserved() + " bytes reserved");
        out.println("Copied all rows; their numbers and the usage are the same in both databases.");
        out.flush();
    }
}
