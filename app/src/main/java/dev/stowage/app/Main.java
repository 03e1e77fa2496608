package dev.stowage.app;

import dev.stowage.app.help.CompletionCommand;
import dev.stowage.app.remote.RemoteCommands;
import dev.stowage.app.remote.Shell;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import picocli.CommandLine;

/** The entry point of the program. */
public final class Main {

    private Main() {}

    /**
     * Runs a command and exits: with 0 when it succeeded, 1 when it failed, 2 when the command line or the configuration
     * is invalid, and with others that the help of the commands lists.
     */
    public static void main(String[] args) {
        CliEnvironment environment = new CliEnvironment(System.getenv(), Path.of(""), isOnTerminal());
        System.exit(execute(environment, writer(System.out), writer(System.err), args));
    }

    /**
     * Runs a command in this process, and returns its exit code. {@code serve} and {@code worker} run until the thread is interrupted.
     * Processes that run several services share one configuration of the log, that of the last service.
     *
     * @param environment the environment variables
     * @param folder the working directory
     * @param output gets what the command prints, also its errors
     */
    public static int run(Map<String, String> environment, Path folder, PrintWriter output, String... args) {
        return execute(new CliEnvironment(environment, folder, false), output, output, args);
    }

    private static int execute(CliEnvironment environment, PrintWriter out, PrintWriter err, String... args) {
        return commandLine(environment, args).setOut(out).setErr(err).execute(args);
    }

    /** In UTF-8, also where there is no locale. */
    private static PrintWriter writer(PrintStream stream) {
        return new PrintWriter(new OutputStreamWriter(stream, StandardCharsets.UTF_8), true);
    }

    /**
     * The command line for these arguments. Only the command that they name is built, since picocli reads each command by reflection,
     * which would take a twentieth of the start-up time. Without a command, all are built.
     */
    static CommandLine commandLine(CliEnvironment environment, String... args) {
        boolean service = RemoteCommands.usesService(shell(environment), List.of(args));
        return line(commands(environment, service), args);
    }

    /** All commands, those of a service where a command exists for the database, too. */
    private static CommandLine completeLine(CliEnvironment environment) {
        return line(commands(environment, true));
    }

    private static CommandLine line(Map<String, Supplier<Object>> commands, String... args) {
        CommandLine line = new CommandLine(new StowageCommand());
        boolean named = args.length > 0 && commands.containsKey(args[0]);
        commands.forEach((name, command) -> {
            if (!named || name.equals(args[0])) {
                line.addSubcommand(name, command.get());
            }
        });
        return line.setExecutionExceptionHandler(new FailureMessages());
    }

    /** Commands by name, in the order of the help. */
    private static Map<String, Supplier<Object>> commands(CliEnvironment environment, boolean service) {
        Shell shell = shell(environment);
        Map<String, Supplier<Object>> commands = new LinkedHashMap<>();
        commands.put("serve", () -> new ServeCommand(environment));
        commands.put("worker", () -> new WorkerCommand(environment));
        commands.putAll(RemoteCommands.of(shell));
        if (service) {
            commands.putAll(RemoteCommands.alsoLocal(shell));
        } else {
            commands.put("jobs", () -> RemoteCommands.local(new CommandLine(new JobsCommand(environment))));
            commands.put("keys", () -> RemoteCommands.local(KeysCommand.line(environment)));
            commands.put("usage", () -> RemoteCommands.local(new CommandLine(new UsageCommand(environment))));
        }
        commands.put("doctor", () -> new DoctorCommand(environment));
        commands.put("backup", () -> new BackupCommand(environment));
        commands.put("migrate", () -> new MigrateCommand(environment));
        commands.put("database", () -> DatabaseCommand.line(environment));
        commands.put(
                "completion",
                () -> new CommandLine(new CompletionCommand(() -> completeLine(environment)))
                        .setCaseInsensitiveEnumValuesAllowed(true));
        return commands;
    }

    private static Shell shell(CliEnvironment environment) {
        return new Shell(
                environment.environment(),
                environment.folder(),
                environment.terminal(),
                System.in,
                new FileOutputStream(FileDescriptor.out));
    }

    /** On JDK 22 to 24, {@code System.console()} is present without a terminal unless the plain console of {@code java.base} is selected. */
    @SuppressWarnings("SystemConsoleNull")
    private static boolean isOnTerminal() {
        System.setProperty("jdk.console", "java.base");
        return System.console() != null;
    }
}
