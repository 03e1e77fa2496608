package dev.stowage.bench.measure;

/** A piece of work that is measured. */
@FunctionalInterface
public interface Work {

    /** Does the work once, and returns the measured value in the unit of its {@link Comparison}. */
    double run() throws Exception;
}
