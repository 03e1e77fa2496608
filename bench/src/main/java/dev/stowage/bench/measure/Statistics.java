package dev.stowage.bench.measure;

import java.util.List;

/** Statistics of a few values. */
public final class Statistics {

    private Statistics() {}

    /** The median; NaN of none. */
    public static double median(List<Double> values) {
        return percentile(values, 0.5);
    }

    /** Half the interquartile range, relative to the median. */
    public static double spread(List<Double> values) {
        return (percentile(values, 0.75) - percentile(values, 0.25)) / 2 / median(values);
    }

    /** A quantile by linear interpolation. */
    public static double percentile(List<Double> values, double part) {
        if (values.isEmpty()) {
            return Double.NaN;
        }
        double[] sorted =
                values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        double position = part * (sorted.length - 1);
        int below = (int) position;
        int above = Math.min(below + 1, sorted.length - 1);
        return sorted[below] + (position - below) * (sorted[above] - sorted[below]);
    }
}
