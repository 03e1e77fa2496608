package dev.stowage.bench;

import dev.stowage.bench.measure.Comparison;
import dev.stowage.bench.measure.Result;
import dev.stowage.bench.measure.Rounds;
import dev.stowage.bench.process.Servers;
import dev.stowage.bench.report.Json;
import dev.stowage.bench.report.Markdown;
import dev.stowage.bench.scenario.Scenario;
import dev.stowage.bench.scenario.Scenarios;
import dev.stowage.bench.scenario.TestBed;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** Runs scenarios and adds their results to the recorded ones. */
@Command(
        name = "run",
        description = "Runs comparisons, and writes a table and the raw figures.",
        mixinStandardHelpOptions = true)
final class RunCommand implements Callable<Integer> {

    @ParentCommand
    private Bench bench;

    @Option(
            names = "--only",
            split = ",",
            description = "Scenarios, such as download, or single comparisons, such as small/exists. Default: all.")
    private List<String> only = List.of();

    @Option(names = "--rounds", description = "Number of counted rounds. Default: ${DEFAULT-VALUE}.")
    private int rounds = 5;

    @Option(names = "--warm-up", description = "Number of warm-up rounds. Default: ${DEFAULT-VALUE}.")
    private int warmUp = 3;

    @Override
    public Integer call() throws Exception {
        if (Servers.nginxProgram().isEmpty()) {
            System.err.println("nginx is not installed (apt-get install nginx-core); running without it");
        }
        Path json = Files.createDirectories(bench.results()).resolve("results.json");
        try (Workplace place = Workplace.open(bench.root())) {
            for (Scenario scenario : Scenarios.all()) {
                if (isWanted(scenario)) {
                    run(scenario, place, json);
                }
            }
        }
        String table = Markdown.table(Json.read(json));
        Files.writeString(bench.results().resolve("results.md"), table);
        System.out.println(table);
        return 0;
    }

    private void run(Scenario scenario, Workplace place, Path json) throws Exception {
        try (TestBed bed = place.bed()) {
            for (Comparison comparison : scenario.prepare(bed)) {
                if (isWanted(scenario, comparison)) {
                    Result result = new Rounds(warmUp, rounds).run(comparison, System.err);
                    Json.merge(json, List.of(result));
                }
            }
        }
    }

    private boolean isWanted(Scenario scenario) {
        String name = scenario.name();
        return only.isEmpty() || only.stream().anyMatch(part -> part.equals(name) || part.startsWith(name + "/"));
    }

    private boolean isWanted(Scenario scenario, Comparison comparison) {
        return only.isEmpty()
                || only.contains(scenario.name())
                || only.contains(scenario.name() + "/" + comparison.name());
    }
}
