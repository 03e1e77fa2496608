package dev.stowage.app;

import java.nio.file.Path;
import picocli.CommandLine;

/** Where the program starts. */
public final class Main {

    private Main() {}

    /**
     * Runs a command and ends the process: with 0 when it succeeded, 1 when it failed, 2 when the command line or the configuration
     * is wrong.
     */
    public static void main(String[] args) {
        Surroundings surroundings = new Surroundings(System.getenv(), Path.of(""), isOnTerminal());
        System.exit(commandLine(surroundings).execute(args));
    }

    static CommandLine commandLine(Surroundings surroundings) {
        return new CommandLine(new StowageCommand())
                .addSubcommand(new ServeCommand(surroundings))
                .addSubcommand(new WorkerCommand(surroundings))
                .addSubcommand(new JobsCommand(surroundings))
                .addSubcommand(KeysCommand.line(surroundings))
                .addSubcommand(new UsageCommand(surroundings))
                .addSubcommand(new BackupCommand(surroundings))
                .setExecutionExceptionHandler(new FailureMessages());
    }

    /** JDK 22 to 24 have a console even without a terminal, unless they are asked for the plain one that all others have. */
    @SuppressWarnings("SystemConsoleNull")
    private static boolean isOnTerminal() {
        System.setProperty("jdk.console", "java.base");
        return System.console() != null;
    }
}
