package dev.stowage.core.job;

import java.util.List;
import java.util.OptionalLong;

/**
 * A page of items by their numbers.
 *
 * @param items unmodifiable
 * @param next the number after which the next page begins; empty on the last page
 */
public record ItemPage(List<ItemRecord> items, OptionalLong next) {
    public ItemPage {
        items = List.copyOf(items);
    }
}
