package dev.stowage.bench;

import java.nio.file.Path;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The entry point of the benchmarks. */
@Command(
        name = "stowage-bench",
        description = "Measures Stowage beside nginx, the AWS SDK and plain Java.",
        mixinStandardHelpOptions = true,
        subcommands = {RunCommand.class, CompareCommand.class, GrowthCommand.class, MicroCommand.class})
final class Bench implements Runnable {

    @Option(names = "--root", description = "The folder of the project.", required = true)
    private Path root = Path.of("");

    @Spec
    private CommandSpec spec;

    private Bench() {}

    /** Runs a command and exits: with 0, or 1 when it failed or found a regression, or 2 for an invalid command line. */
    public static void main(String[] args) {
        System.exit(new CommandLine(new Bench()).execute(args));
    }

    Path root() {
        return root.toAbsolutePath();
    }

    /** The folder of the results. */
    Path results() {
        return root().resolve("bench/target/results");
    }

    /** The recorded results for comparison. */
    Path recorded() {
        return root().resolve("docs/performance");
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Missing command");
    }
}
