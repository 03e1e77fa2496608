package dev.stowage.app;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import picocli.CommandLine;

/** The entry point of the program. */
public final class Main {

    private Main() {}

    /**
     * Runs a command and exits: with 0 when it succeeded, 1 when it failed, 2 when the command line or the configuration
     * is invalid.
     */
    public static void main(String[] args) {
        CliEnvironment environment = new CliEnvironment(System.getenv(), Path.of(""), isOnTerminal());
        System.exit(commandLine(environment, args).execute(args));
    }

    /**
     * The command line for these arguments. Only the command that they name is built, since picocli reads each command by reflection,
     * which would take a twentieth of the start-up time. Without a command, all are built.
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

    /** Commands by name, in the order of the help. */
    private static Map<String, Supplier<Object>> commands(CliEnvironment environment) {
        Map<String, Supplier<Object>> commands = new LinkedHashMap<>();
        commands.put("serve", () -> new ServeCommand(environment));
        commands.put("worker", () -> new WorkerCommand(environment));
        commands.put("jobs", () -> new JobsCommand(environment));
        commands.put("keys", () -> KeysCommand.line(environment));
        commands.put("usage", () -> new UsageCommand(environment));
        commands.put("doctor", () -> new DoctorCommand(environment));
        commands.put("backup", () -> new BackupCommand(environment));
        commands.put("migrate", () -> new MigrateCommand(environment));
        commands.put("database", () -> DatabaseCommand.line(environment));
        return commands;
    }

    /** On JDK 22 to 24, {@code System.console()} is present without a terminal unless the plain console of {@code java.base} is selected. */
    @SuppressWarnings("SystemConsoleNull")
    private static boolean isOnTerminal() {
        System.setProperty("jdk.console", "java.base");
        return System.console() != null;
    }
}
