package dev.stowage.bench;

import dev.stowage.bench.report.Json;
import dev.stowage.bench.report.Regression;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** Compares the last run with the recorded one. */
@Command(
        name = "compare",
        description = "Compares the last run with the recorded table, and fails when a figure is clearly worse.",
        mixinStandardHelpOptions = true)
final class CompareCommand implements Callable<Integer> {

    private static final String RAW = "results.json";
    private static final String TABLE = "results.md";

    @ParentCommand
    private Bench bench;

    @Option(names = "--record", description = "Record the last run instead of comparing it.")
    private boolean record;

    @Override
    public Integer call() throws Exception {
        if (record) {
            Files.createDirectories(bench.recorded());
            copy(RAW);
            copy(TABLE);
            return 0;
        }
        List<String> worse = Regression.find(
                Json.read(bench.recorded().resolve(RAW)),
                Json.read(bench.results().resolve(RAW)));
        worse.forEach(System.out::println);
        System.out.println(worse.isEmpty() ? "no regressions" : worse.size() + " regressions");
        return worse.isEmpty() ? 0 : 1;
    }

    private void copy(String name) throws Exception {
        Path from = bench.results().resolve(name);
        Files.copy(from, bench.recorded().resolve(name), StandardCopyOption.REPLACE_EXISTING);
    }
}
