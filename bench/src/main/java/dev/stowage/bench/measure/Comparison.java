package dev.stowage.bench.measure;

import java.util.List;

/**
 * Several ways to do the same work.
 *
 * @param name unique; lower case with hyphens
 * @param unit of the values that the contenders return
 * @param moreIsBetter false for times and sizes
 * @param operations of each round, for figures of a single one; 0 where one says nothing
 * @param contenders the goals apply to the first one
 */
public record Comparison(
        String name, String unit, boolean moreIsBetter, int operations, List<Contender> contenders, List<Goal> goals) {

    /** A comparison without figures of single operations. */
    public Comparison(String name, String unit, boolean moreIsBetter, List<Contender> contenders, List<Goal> goals) {
        this(name, unit, moreIsBetter, 0, contenders, goals);
    }

    public Comparison {
        contenders = List.copyOf(contenders);
        goals = List.copyOf(goals);
    }
}
