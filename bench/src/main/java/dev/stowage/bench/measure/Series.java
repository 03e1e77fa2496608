package dev.stowage.bench.measure;

import java.util.ArrayList;
import java.util.List;

/**
 * The measurements of one contender.
 *
 * @param values one for each round
 * @param cpuSeconds of the measured process, one for each round; empty when not measured
 * @param peakMiB of the measured process, one for each round; empty when not measured
 * @param writeCalls of the measured process, one for each round; empty when not measured
 */
public record Series(
        String contender, List<Double> values, List<Double> cpuSeconds, List<Double> peakMiB, List<Double> writeCalls) {

    static Series empty(String contender) {
        return new Series(contender, new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    }

    public double median() {
        return Statistics.median(values);
    }
}
