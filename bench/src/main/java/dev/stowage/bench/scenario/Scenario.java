package dev.stowage.bench.scenario;

import dev.stowage.bench.measure.Comparison;
import java.util.List;

/** A group of comparisons. */
public interface Scenario {

    /** The name by which it is selected, one word. */
    String name();

    /** Prepares and returns the comparisons, which are then run one after another. */
    List<Comparison> prepare(TestBed bed) throws Exception;
}
