package dev.stowage.bench.measure;

/**
 * What is asked of the first contender of a {@link Comparison}.
 *
 * @param against the contender it is set against; empty for none: then {@code bound} is a value in the comparison's unit
 * @param bound the least ratio (or value) where more is better, otherwise the greatest
 */
public record Goal(String against, double bound) {

    /** A bound of the value itself. */
    public static Goal value(double bound) {
        return new Goal("", bound);
    }
}
