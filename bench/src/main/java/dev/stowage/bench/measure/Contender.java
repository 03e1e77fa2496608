package dev.stowage.bench.measure;

import java.util.Optional;

/**
 * One way to get a piece of work done.
 *
 * @param usage tells what the process behind it uses, where that is of interest
 */
public record Contender(String name, Work work, Optional<ProcessUsage> usage) {

    public static Contender of(String name, Work work) {
        return new Contender(name, work, Optional.empty());
    }

    public static Contender of(String name, ProcessUsage usage, Work work) {
        return new Contender(name, work, Optional.of(usage));
    }
}
