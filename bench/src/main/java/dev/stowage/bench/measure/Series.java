package dev.stowage.bench.measure;

import java.util.ArrayList;
import java.util.List;

/**
 * What the rounds of one contender gave.
 *
 * @param values of its work, one for each round
 * @param cpuSeconds of the process behind it, one for each round; empty where nobody looked
 * @param peakMiB likewise
 */
public record Series(String contender, List<Double> values, List<Double> cpuSeconds, List<Double> peakMiB) {

    static Series empty(String contender) {
        return new Series(contender, new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    }

    public double median() {
        return Statistics.median(values);
    }
}
