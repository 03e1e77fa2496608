package dev.stowage.bench;

import java.nio.file.Path;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Where the program starts. */
@Command(
        name = "stowage-bench",
        description = "Measures Stowage beside nginx, the AWS SDK and plain Java.",
        mixinStandardHelpOptions = true,
        subcommands = {RunCommand.class, CompareCommand.class, GrowthCommand.class, MicroCommand.class})
final class Bench implements Runnable {

    @Option(names = "--root", description = "The project's folder.", required = true)
    private Path root = Path.of("");

    @Spec
    private CommandSpec spec;

    private Bench() {}

    /** Runs a command and ends the process: with 0, or 1 when it failed or found something worse, or 2 for a wrong command line. */
    public static void main(String[] args) {
        System.exit(new CommandLine(new Bench()).execute(args));
    }

    Path root() {
        return root.toAbsolutePath();
    }

    /** Where results go. */
    Path results() {
        return root().resolve("bench/target/results");
    }

    /** What the results are set against. */
    Path recorded() {
        return root().resolve("docs/performance");
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Which command?");
    }
}
