package dev.stowage.bench.measure;

/**
 * A goal for the first contender of a {@link Comparison}.
 *
 * @param against the contender for the ratio; empty when {@code bound} is a value in the comparison's unit
 * @param bound the minimum of the ratio (or value) when more is better, otherwise the maximum
 */
public record Goal(String against, double bound) {

    /** A bound of the value itself. */
    public static Goal value(double bound) {
        return new Goal("", bound);
    }
}
