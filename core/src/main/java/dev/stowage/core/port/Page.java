package dev.stowage.core.port;

import java.util.List;
import java.util.Optional;

/**
 * A page of a list. The method that returns it says in which order, and whether a page that is not the last may be empty.
 *
 * @param <T> what is listed
 * @param <P> a position in the list
 * @param items unmodifiable
 * @param next the position with which the next page is asked for; empty on the last page
 */
public record Page<T, P>(List<T> items, Optional<P> next) {
    public Page {
        items = List.copyOf(items);
    }
}
