package dev.stowage.bench.measure;

import java.util.List;
import java.util.stream.IntStream;

/**
 * The result of a comparison.
 *
 * @param operations of each round; 0 where figures of a single one say nothing
 * @param series in the order of the contenders
 */
public record Result(
        String name, String unit, boolean moreIsBetter, int operations, List<Goal> goals, List<Series> series) {

    /** The contender that the goals apply to. */
    public Series first() {
        return series.get(0);
    }

    /**
     * The ratio of the first contender to another: the median over the rounds, each compared with the other's adjacent round. NaN
     * when the other did not run.
     */
    public double ratio(String against) {
        if (against.isEmpty()) {
            return first().median();
        }
        List<Double> ours = first().values();
        return series.stream()
                .filter(other -> other.contender().equals(against))
                .findFirst()
                .map(other -> Statistics.median(
                        IntStream.range(0, Math.min(ours.size(), other.values().size()))
                                .mapToObj(i -> ours.get(i) / other.values().get(i))
                                .toList()))
                .orElse(Double.NaN);
    }

    /** Whether a goal is met. */
    public boolean meets(Goal goal) {
        double ratio = ratio(goal.against());
        return moreIsBetter ? ratio >= goal.bound() : ratio <= goal.bound();
    }
}
