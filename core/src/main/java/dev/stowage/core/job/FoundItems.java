package dev.stowage.core.job;

import java.util.List;

/**
 * The result of a step in the enumeration of a job's source.
 *
 * @param items one for each file
 * @param unaddressable the number of objects that were skipped because their keys can't be named in a request
 * @param checkpoint how far the source has been read with these items
 */
public record FoundItems(List<NewItem> items, long unaddressable, String checkpoint) {

    /** @throws IllegalArgumentException when the count is negative */
    public FoundItems {
        if (unaddressable < 0) {
            throw new IllegalArgumentException("A count is not negative");
        }
        items = List.copyOf(items);
    }

    /** Creates the result of a step that skipped no objects. */
    public static FoundItems of(List<NewItem> items, String checkpoint) {
        return new FoundItems(items, 0, checkpoint);
    }
}
