package dev.stowage.bench.measure;

/** A piece of work that is measured. */
@FunctionalInterface
public interface Work {

    /** Does it once, all of it, and returns how it went in the unit of its {@link Comparison}. */
    double run() throws Exception;
}
