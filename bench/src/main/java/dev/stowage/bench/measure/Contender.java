package dev.stowage.bench.measure;

import java.util.Optional;

/**
 * One way to do a piece of work.
 *
 * @param usage the resource usage of the measured process, if any
 */
public record Contender(String name, Work work, Optional<ProcessUsage> usage) {

    public static Contender of(String name, Work work) {
        return new Contender(name, work, Optional.empty());
    }

    public static Contender of(String name, ProcessUsage usage, Work work) {
        return new Contender(name, work, Optional.of(usage));
    }
}
