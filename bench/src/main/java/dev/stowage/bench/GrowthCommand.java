package dev.stowage.bench;

import dev.stowage.bench.report.Curve;
import dev.stowage.bench.report.Plot;
import dev.stowage.bench.scenario.Growth;
import dev.stowage.bench.scenario.TestBed;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** Measures how costs grow with the amount of data, and plots them. */
@Command(
        name = "growth",
        description =
                "Measures how costs grow with the amount of data, and writes tables and plots into docs/performance.",
        mixinStandardHelpOptions = true)
final class GrowthCommand implements Callable<Integer> {

    @ParentCommand
    private Bench bench;

    @Option(names = "--only", split = ",", description = "What to measure: ${COMPLETION-CANDIDATES}. Default: all.")
    private List<Growth> only = List.of(Growth.values());

    @Override
    public Integer call() throws Exception {
        Path folder = Files.createDirectories(bench.recorded());
        try (Workplace place = Workplace.open(bench.root())) {
            for (Growth growth : only) {
                try (TestBed bed = place.bed()) {
                    for (Curve curve : growth.measure(bed, System.err)) {
                        Files.writeString(folder.resolve(curve.name() + ".svg"), Plot.svg(curve));
                        Files.writeString(folder.resolve(curve.name() + ".md"), curve.table());
                        System.out.println(curve.table());
                    }
                }
            }
        }
        return 0;
    }
}
