package dev.stowage.core.job;

import java.util.List;

/**
 * What was found in a step through a job's source.
 *
 * @param items one for each file
 * @param unaddressable how many objects were passed over, as their keys can't be named in a request
 * @param checkpoint how far the source was read with them
 */
public record FoundItems(List<NewItem> items, long unaddressable, String checkpoint) {

    /** @throws IllegalArgumentException when the count is negative */
    public FoundItems {
        if (unaddressable < 0) {
            throw new IllegalArgumentException("A count is not negative");
        }
        items = List.copyOf(items);
    }

    /** Of a source that passes over nothing. */
    public static FoundItems of(List<NewItem> items, String checkpoint) {
        return new FoundItems(items, 0, checkpoint);
    }
}
