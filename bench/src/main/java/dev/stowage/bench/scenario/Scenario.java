package dev.stowage.bench.scenario;

import dev.stowage.bench.measure.Comparison;
import java.util.List;

/** Comparisons that belong together. */
public interface Scenario {

    /** One word, by which it is chosen. */
    String name();

    /** Gets everything in place and says what to compare; the comparisons are run one after the other. */
    List<Comparison> prepare(TestBed bed) throws Exception;
}
