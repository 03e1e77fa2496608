package dev.stowage.bench.measure;

import java.util.List;

/**
 * Several ways to do the same work.
 *
 * @param name unique; lower case with hyphens
 * @param unit of the values that the contenders return
 * @param moreIsBetter false for times and sizes
 * @param contenders the goals apply to the first one
 */
public record Comparison(String name, String unit, boolean moreIsBetter, List<Contender> contenders, List<Goal> goals) {

    public Comparison {
        contenders = List.copyOf(contenders);
        goals = List.copyOf(goals);
    }
}
