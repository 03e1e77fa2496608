package dev.stowage.core.port;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

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

    /**
     * Returns the page with the first items of a list.
     *
     * @param all the items that are left, in order
     * @param max how many fit into the page, at least 1
     * @param position the position after an item
     */
    public static <T, P> Page<T, P> first(List<T> all, int max, Function<? super T, ? extends P> position) {
        return all.size() <= max
                ? new Page<>(all, Optional.empty())
                : new Page<>(all.subList(0, max), Optional.of(position.apply(all.get(max - 1))));
    }

    /** Returns the page with what {@code change} makes of each item. */
    public <S> Page<S, P> map(Function<? super T, ? extends S> change) {
        return new Page<>(items.stream().<S>map(change).toList(), next);
    }

    /**
     * Returns the items of all pages of a list. A page is read when the items before it have been used.
     *
     * @param pages reads the page after a position; the first one if that is empty
     */
    public static <T, P> Stream<T> all(Function<Optional<P>, Page<T, P>> pages) {
        return Stream.iterate(
                        Optional.of(pages.apply(Optional.empty())),
                        Optional::isPresent,
                        page -> page.flatMap(Page::next).map(position -> pages.apply(Optional.of(position))))
                .flatMap(page -> page.orElseThrow().items().stream());
    }
}
