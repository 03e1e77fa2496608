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

/** Measures what a thousand times as much costs, and draws it. */
@Command(
        name = "growth",
        description = "Measures how costs grow, and writes a table and a plot of each into docs/performance.",
        mixinStandardHelpOptions = true)
final class GrowthCommand implements Callable<Integer> {

    @ParentCommand
    private Bench bench;

    @Option(names = "--only", split = ",", description = "Which: ${COMPLETION-CANDIDATES}. Default: all.")
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
