package dev.stowage.core.job;

import java.util.List;
import java.util.Optional;

/**
 * Work on a job that one process has for itself: some of its items, all of them together, or the reading of its source.
 *
 * @param number unique among all claims that ever were
 * @param job as it was when the claim was made
 * @param items the first of them, by their numbers; none of a claim on the source; unmodifiable
 * @param checkpoint of a claim on the source: how far it was read; empty when nobody has begun
 */
public record Claim(long number, BatchJob job, List<JobItem> items, Optional<String> checkpoint) {
    public Claim {
        items = List.copyOf(items);
    }

    /** The same claim, with the first of its items. */
    public Claim withItems(List<JobItem> first) {
        return new Claim(number, job, first, checkpoint);
    }
}
