package dev.stowage.bench.report;

import dev.stowage.bench.measure.Goal;
import dev.stowage.bench.measure.Result;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Compares results with recorded ones. Ratios are preferred, because values depend on the machine. */
public final class Regression {

    /** The relative change that counts as a regression; less is noise. */
    private static final double TOLERANCE = 0.15;

    private Regression() {}

    /** A line for each figure that is worse. */
    public static List<String> find(List<Result> recorded, List<Result> now) {
        List<String> worse = new ArrayList<>();
        for (Result result : now) {
            Optional<Result> before = recorded.stream()
                    .filter(old -> old.name().equals(result.name()))
                    .findFirst();
            before.ifPresent(old -> worse.addAll(find(old, result)));
        }
        return worse;
    }

    private static List<String> find(Result before, Result now) {
        List<String> against = now.goals().isEmpty()
                ? List.of("")
                : now.goals().stream().map(Goal::against).toList();
        return against.stream()
                .filter(other -> isWorse(before.ratio(other), now.ratio(other), now.moreIsBetter()))
                .map(other -> "%s%s: %s, was %s"
                        .formatted(
                                now.name(),
                                other.isEmpty() ? "" : " vs " + other,
                                Markdown.number(now.ratio(other)),
                                Markdown.number(before.ratio(other))))
                .toList();
    }

    private static boolean isWorse(double before, double now, boolean moreIsBetter) {
        double change = moreIsBetter ? before / now : now / before;
        return change > 1 + TOLERANCE;
    }
}
