package dev.stowage.bench;

import java.util.List;
import java.util.concurrent.Callable;
import org.openjdk.jmh.results.format.ResultFormatType;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Runs the JMH benchmarks. */
@Command(name = "micro", description = "Runs the JMH benchmarks of hot code.", mixinStandardHelpOptions = true)
final class MicroCommand implements Callable<Integer> {

    @ParentCommand
    private Bench bench;

    @Parameters(description = "Regular expressions for the names of benchmarks to run. Default: all.")
    private List<String> names = List.of();

    @Option(names = "--seconds", description = "Seconds of each of three rounds. Default: ${DEFAULT-VALUE}.")
    private int seconds = 2;

    @Override
    public Integer call() throws Exception {
        bench.results().toFile().mkdirs();
        OptionsBuilder options = new OptionsBuilder();
        names.forEach(options::include);
        options.forks(1)
                .warmupIterations(2)
                .warmupTime(TimeValue.seconds(seconds))
                .measurementIterations(3)
                .measurementTime(TimeValue.seconds(seconds))
                .jvmArgs("-Xmx256m")
                .resultFormat(ResultFormatType.JSON)
                .result(bench.results().resolve("micro.json").toString());
        new Runner(options.build()).run();
        return 0;
    }
}
