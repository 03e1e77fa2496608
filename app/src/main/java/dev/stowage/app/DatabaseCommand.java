package dev.stowage.app;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Moves the database. */
@Command(
        name = "database",
        description = "Moves the database of a service from DATA_DIR to PostgreSQL.",
        mixinStandardHelpOptions = true,
        versionProvider = StowageCommand.VersionText.class)
final class DatabaseCommand implements Runnable {

    @Spec
    private CommandSpec spec;

    /** The command with its subcommands. */
    static CommandLine line(CliEnvironment environment) {
        return new CommandLine(new DatabaseCommand()).addSubcommand(new CopyDatabaseCommand(environment));
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Missing subcommand: copy");
    }
}
