package dev.stowage.app;

import dev.stowage.postgres.PostgresConfig;
import dev.stowage.postgres.PostgresDatabase;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Migrates the schema of PostgreSQL. */
@Command(
        name = "migrate",
        description = {
            "Creates or migrates the tables in PostgreSQL (DATABASE_URL). Nodes of the previous version may run meanwhile.",
            "Nodes do this when they start. The command is needed where their user may not change tables: run it before, with"
                    + " DATABASE_USER set to the owner of the database."
        },
        mixinStandardHelpOptions = true,
        versionProvider = StowageCommand.VersionText.class)
final class MigrateCommand implements Callable<Integer> {

    private final CliEnvironment environment;

    @Spec
    private CommandSpec spec;

    MigrateCommand(CliEnvironment environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() {
        PostgresConfig database = environment
                .configuration()
                .database()
                .orElseThrow(() -> new StartupFailure(
                        "DATABASE_URL is not set; a database in DATA_DIR is migrated when the service starts", null));
        spec.commandLine().getOut().println(PostgresDatabase.migrate(database));
        return ExitCode.OK;
    }
}
