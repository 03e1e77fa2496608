package dev.stowage.core.adapter;

import dev.stowage.core.error.InvalidInput;
import dev.stowage.core.key.KeyPrefix;
import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.key.Utf8Order;
import dev.stowage.core.object.Etag;
import dev.stowage.core.object.ObjectSummary;
import dev.stowage.core.port.ObjectPage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * The entries of a page of objects, as an adapter reads them from its store. Those whose names are no valid key, because another client
 * wrote them, are left out and counted. For one thread.
 */
public final class PageEntries {

    private final List<ObjectSummary> objects = new ArrayList<>();
    private final List<String> commonPrefixes = new ArrayList<>();
    private long unaddressable;

    /**
     * Adds an object.
     *
     * @param name its key as text; empty when the store's name is not one of the adapter's
     */
    public void addObject(Optional<String> name, long size, Etag etag, Instant lastModified) {
        add(
                name.flatMap(text -> valid(text, ObjectKey::new))
                        .map(key -> new ObjectSummary(key, size, etag, lastModified)),
                objects);
    }

    /**
     * Adds a common prefix.
     *
     * @param name as text; empty when the store's name is not one of the adapter's
     */
    public void addPrefix(Optional<String> name) {
        add(name.flatMap(text -> valid(text, KeyPrefix::new)).map(KeyPrefix::value), commonPrefixes);
    }

    /**
     * Returns the page, with its entries in order.
     *
     * @param nextToken empty on the last page
     */
    public ObjectPage page(Optional<String> nextToken) {
        objects.sort(Comparator.comparing(ObjectSummary::key));
        commonPrefixes.sort(Utf8Order::compare);
        return new ObjectPage(objects, commonPrefixes, unaddressable, nextToken);
    }

    private <T> void add(Optional<T> entry, List<T> target) {
        entry.ifPresentOrElse(target::add, () -> unaddressable++);
    }

    private static <T> Optional<T> valid(String text, Function<String, T> type) {
        try {
            return Optional.of(type.apply(text));
        } catch (InvalidInput e) {
            return Optional.empty();
        }
    }
}
