package dev.stowage.bench.report;

import dev.stowage.bench.measure.Goal;
import dev.stowage.bench.measure.Result;
import dev.stowage.bench.measure.Series;
import dev.stowage.bench.measure.Statistics;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Results as a Markdown table. */
public final class Markdown {

    private static final String HEAD = """
            | what | contender | median | spread | ratio to the first | CPU s | CPU ms each | write calls each | peak RSS MiB | goals |
            |---|---|--:|--:|--:|--:|--:|--:|--:|---|
            """;

    private Markdown() {}

    /** A row for each contender: the median, half the interquartile range, and the ratio of the first one to it. */
    public static String table(List<Result> results) {
        return HEAD + results.stream().map(Markdown::lines).collect(Collectors.joining());
    }

    private static String lines(Result result) {
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < result.series().size(); i++) {
            Series series = result.series().get(i);
            boolean first = i == 0;
            lines.append("| %s | %s | %s %s | ±%.0f %% | %s | %s | %s | %s | %s | %s |\n"
                    .formatted(
                            first ? result.name() : "",
                            series.contender(),
                            number(series.median()),
                            result.unit(),
                            100 * Statistics.spread(series.values()),
                            first ? "" : number(result.ratio(series.contender())),
                            number(Statistics.median(series.cpuSeconds())),
                            each(result, 1000 * Statistics.median(series.cpuSeconds())),
                            each(result, Statistics.median(series.writeCalls())),
                            number(Statistics.median(series.peakMiB())),
                            first ? goals(result) : ""));
        }
        return lines.toString();
    }

    private static String each(Result result, double all) {
        return result.operations() == 0 ? "" : number(all / result.operations());
    }

    private static String goals(Result result) {
        return result.goals().stream().map(goal -> goal(result, goal)).collect(Collectors.joining("; "));
    }

    private static String goal(Result result, Goal goal) {
        double ratio = result.ratio(goal.against());
        if (Double.isNaN(ratio)) {
            return goal.against() + " did not run";
        }
        return "%s%s %s %s: %s"
                .formatted(
                        goal.against().isEmpty() ? "" : "vs " + goal.against() + " ",
                        number(ratio),
                        result.moreIsBetter() ? "of ≥" : "of ≤",
                        number(goal.bound()),
                        result.meets(goal) ? "met" : "**missed**");
    }

    static String number(double value) {
        if (Double.isNaN(value)) {
            return "";
        }
        return String.format(Locale.ROOT, value < 10 ? "%.2f" : value < 100 ? "%.1f" : "%.0f", value);
    }
}
