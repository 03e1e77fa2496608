package dev.stowage.core.job;

import java.util.List;
import java.util.Optional;

/**
 * Work on a job that one process has reserved: some of its items, all of them together, or the enumeration of its source.
 *
 * @param number unique among all claims ever made
 * @param job as it was when the claim was made
 * @param items the first of its items, by their numbers; empty for a claim on the source; unmodifiable
 * @param checkpoint for a claim on the source: how far it was read; empty when reading has not begun
 */
public record Claim(long number, BatchJob job, List<JobItem> items, Optional<String> checkpoint) {
    public Claim {
        items = List.copyOf(items);
    }

    /** Returns the same claim with the first of its items. */
    public Claim withItems(List<JobItem> first) {
        return new Claim(number, job, first, checkpoint);
    }
}
