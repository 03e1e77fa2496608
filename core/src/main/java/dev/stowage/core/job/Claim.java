package dev.stowage.core.job;

import java.util.List;

/**
 * Items that one process has for itself.
 *
 * @param number unique among the claims on record
 * @param items the first of them, by their numbers; unmodifiable
 */
public record Claim(long number, BatchJob job, List<JobItem> items) {
    public Claim {
        items = List.copyOf(items);
    }
}
