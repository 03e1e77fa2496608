package dev.stowage.app.remote;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ScopeType;

/** The commands that talk to a service, and the rule by which the others do, too. */
public final class RemoteCommands {

    private static final String LOCAL = "--local";
    private static final String PROFILE = "--profile";

    private static final String[] RULE = {
        "",
        "Talks to the service that --profile, STOWAGE_URL, STOWAGE_PROFILE or the default profile of 'stowage login' names. Without"
                + " any, or with --local, it opens the database of the service on this machine, with the settings of the service."
    };

    private static final Map<String, String> EXIT_CODES = exitCodes();

    private RemoteCommands() {}

    /** Returns the commands by name, in the order of the help. */
    public static Map<String, Supplier<Object>> of(Shell shell) {
        Map<String, Supplier<Object>> commands = new LinkedHashMap<>();
        commands.put("put", () -> line(new PutCommand(shell)));
        commands.put("get", () -> line(new GetCommand(shell)));
        commands.put("ls", () -> line(new LsCommand(shell)));
        commands.put("rm", () -> line(new RmCommand(shell)));
        commands.put("cp", () -> line(new CpCommand(shell)));
        commands.put("mv", () -> line(new MvCommand(shell)));
        commands.put("stat", () -> line(new StatCommand(shell)));
        commands.put("cat", () -> line(new CatCommand(shell)));
        commands.put("share", () -> line(new ShareCommand(shell)));
        commands.put("links", () -> documented(LinksCommand.line(shell)));
        commands.put("events", () -> line(new EventsCommand(shell)));
        commands.put("webhooks", () -> documented(WebhooksCommand.line(shell)));
        commands.put("lifecycle", () -> documented(LifecycleCommand.line(shell)));
        commands.put("schedules", () -> documented(SchedulesCommand.line(shell)));
        commands.put("uploads", () -> documented(UploadsCommand.line(shell)));
        commands.put("ping", () -> line(new PingCommand(shell)));
        commands.put("login", () -> line(new LoginCommand(shell)));
        return commands;
    }

    /** Returns the commands that exist for the database of this machine, too. */
    public static Map<String, Supplier<Object>> alsoLocal(Shell shell) {
        Map<String, Supplier<Object>> commands = new LinkedHashMap<>();
        commands.put("jobs", () -> withRule(documented(RemoteJobsCommand.line(shell))));
        commands.put("keys", () -> withRule(documented(RemoteKeysCommand.line(shell))));
        commands.put("usage", () -> withRule(line(new RemoteUsageCommand(shell))));
        return commands;
    }

    private static CommandLine line(Object command) {
        return documented(new CommandLine(command));
    }

    /** Adds the exit codes to the help of a command and its subcommands. */
    private static CommandLine documented(CommandLine line) {
        line.getCommandSpec()
                .usageMessage()
                .exitCodeListHeading("%nExit codes:%n")
                .exitCodeList(EXIT_CODES);
        line.getSubcommands().values().forEach(RemoteCommands::documented);
        return line;
    }

    private static Map<String, String> exitCodes() {
        Map<String, String> codes = new LinkedHashMap<>();
        codes.put("0", "Everything was done");
        codes.put("1", "Something failed");
        codes.put("2", "The command line is invalid, or no service is named");
        codes.put("3", "Not allowed: the API key is missing, wrong or expired, or has no right to do this");
        codes.put("4", "The service can't be reached, or is unavailable");
        codes.put("5", "There is no such file, upload, job, schedule, webhook, rule, key or link");
        codes.put("6", "There is a file already (--if-absent, --no-overwrite), or something has changed meanwhile");
        codes.put("130", "Interrupted by Ctrl-C");
        return codes;
    }

    /**
     * Whether a command that exists for the database, too, talks to a service.
     *
     * @param arguments of the program, of which the first is the command
     */
    public static boolean usesService(Shell shell, List<String> arguments) {
        if (arguments.contains(LOCAL)) {
            return false;
        }
        boolean named = arguments.stream().anyMatch(text -> text.equals(PROFILE) || text.startsWith(PROFILE + "="));
        boolean onlyThere = arguments.size() > 1
                && arguments.get(0).equals("jobs")
                && RemoteJobsCommand.SUBCOMMANDS.contains(arguments.get(1));
        return named || onlyThere || isConfigured(shell);
    }

    private static boolean isConfigured(Shell shell) {
        try {
            return new ServiceProfiles(shell).current().isPresent();
        } catch (CommandFailure unreadable) {
            // The command reports it.
            return true;
        }
    }

    /** Adds the rule to the help of a command. */
    private static CommandLine withRule(CommandLine line) {
        String[] footer = line.getCommandSpec().usageMessage().footer();
        line.getCommandSpec().usageMessage().footer(concat(footer, RULE));
        return line;
    }

    /** Adds the rule, and the option {@code --local}, to a command that opens the database. */
    public static CommandLine local(CommandLine line) {
        line.getCommandSpec()
                .addOption(OptionSpec.builder(LOCAL)
                        .type(boolean.class)
                        .description("Open the database of this machine, even if a service is named")
                        .scopeType(ScopeType.INHERIT)
                        .build());
        return withRule(line);
    }

    private static String[] concat(String[] first, String[] second) {
        String[] all = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, all, first.length, second.length);
        return all;
    }
}
