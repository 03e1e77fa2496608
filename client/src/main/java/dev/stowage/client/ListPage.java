package dev.stowage.client;

import java.util.List;
import java.util.Optional;

/**
 * A page of a list.
 *
 * @param next the cursor of the next page; empty on the last one
 */
public record ListPage<T>(List<T> items, Optional<String> next) {

    /** The list is copied. */
    public ListPage {
        items = List.copyOf(items);
    }
}
