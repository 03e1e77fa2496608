package dev.stowage.bench.measure;

import java.util.List;

/**
 * Several ways to do the same.
 *
 * @param name unique; lower case with hyphens
 * @param unit of what the contenders' work returns
 * @param moreIsBetter false for times and sizes
 * @param contenders the first is the one that the goals are about
 */
public record Comparison(String name, String unit, boolean moreIsBetter, List<Contender> contenders, List<Goal> goals) {

    public Comparison {
        contenders = List.copyOf(contenders);
        goals = List.copyOf(goals);
    }
}
