package dev.stowage.app;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import picocli.CommandLine;

/** Where the program starts. */
public final class Main {

    private Main() {}

    /**
     * Runs a command and ends the process: with 0 when it succeeded, 1 when it failed, 2 when the command line or the configuration
     * is wrong.
     */
    public static void main(String[] args) {
        CliEnvironment environment = new CliEnvironment(System.getenv(), Path.of(""), isOnTerminal());
        System.exit(commandLine(environment, args).execute(args));
    }

    /**
     * For these arguments: with the command that they begin with alone, as picocli reads each by reflection, which would be a twentieth of the
     * time to start; with all commands where they begin with none.
     */
    static CommandLine commandLine(CliEnvironment environment, String... args) {
        CommandLine line = new CommandLine(new StowageCommand());
        Map<String, Supplier<Object>> commands = commands(environment);
        boolean named = args.length > 0 && commands.containsKey(args[0]);
        commands.forEach((name, command) -> {
            if (!named || name.equals(args[0])) {
                line.addSubcommand(name, command.get());
            }
        });
        return line.setExecutionExceptionHandler(new FailureMessages());
    }

    /** By name, in the order of the help. */
    private static Map<String, Supplier<Object>> commands(CliEnvironment environment) {
        Map<String, Supplier<Object>> commands = new LinkedHashMap<>();
        commands.put("serve", () -> new ServeCommand(environment));
        commands.put("worker", () -> new WorkerCommand(environment));
        commands.put("jobs", () -> new JobsCommand(environment));
        commands.put("keys", () -> KeysCommand.line(environment));
        commands.put("usage", () -> new UsageCommand(environment));
        commands.put("backup", () -> new BackupCommand(environment));
        return commands;
    }

    /** JDK 22 to 24 have a console even without a terminal, unless they are asked for the plain one that all others have. */
    @SuppressWarnings("SystemConsoleNull")
    private static boolean isOnTerminal() {
        System.setProperty("jdk.console", "java.base");
        return System.console() != null;
    }
}
