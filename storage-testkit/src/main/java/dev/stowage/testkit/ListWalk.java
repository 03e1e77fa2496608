package dev.stowage.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stowage.core.key.KeyPrefix;
import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.key.Utf8Order;
import dev.stowage.core.object.ObjectSummary;
import dev.stowage.core.port.ListQuery;
import dev.stowage.core.port.ObjectPage;
import dev.stowage.core.port.ObjectStore;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/** Reads all pages of a listing, and computes their expected content. */
final class ListWalk {

    /** More pages than any listing of the kit has, so that a wrong token does not cause an endless loop. */
    private static final int MAX_PAGES = 10_000;

    private ListWalk() {}

    /** Returns the number of entries that the pages omit. */
    static long unaddressable(ObjectStore store, ListQuery query) {
        long unaddressable = 0;
        ListQuery next = query;
        for (int pages = 0; pages < MAX_PAGES; pages++) {
            ObjectPage page = store.list(next);
            unaddressable += page.unaddressable();
            if (page.nextToken().isEmpty()) {
                return unaddressable;
            }
            next = query.after(page.nextToken().get());
        }
        throw new AssertionError("the listing does not end");
    }

    /** Returns the entries of all pages, keys and common prefixes as text in their order; asserts the properties of each page. */
    static List<String> walk(ObjectStore store, ListQuery query) {
        List<String> shown = new ArrayList<>();
        ListQuery next = query;
        for (int pages = 0; pages < MAX_PAGES; pages++) {
            ObjectPage page = store.list(next);
            shown.addAll(entries(page, query.maxKeys()));
            if (page.nextToken().isEmpty()) {
                return shown;
            }
            next = query.after(page.nextToken().get());
        }
        throw new AssertionError("the listing does not end");
    }

    /** The simplest implementation of a listing of {@code keys}, over all pages. */
    static List<String> expected(Collection<ObjectKey> keys, KeyPrefix prefix, Optional<String> delimiter) {
        TreeSet<String> shown = new TreeSet<>(Utf8Order::compare);
        for (ObjectKey key : keys) {
            if (key.value().startsWith(prefix.value())) {
                String rest = key.value().substring(prefix.value().length());
                int cut = delimiter.map(rest::indexOf).orElse(-1);
                shown.add(
                        cut < 0
                                ? key.value()
                                : prefix.value()
                                        + rest.substring(
                                                0, cut + delimiter.orElseThrow().length()));
            }
        }
        return List.copyOf(shown);
    }

    private static List<String> entries(ObjectPage page, int maxKeys) {
        List<String> keys = page.objects().stream()
                .map(ObjectSummary::key)
                .map(ObjectKey::value)
                .toList();
        assertThat(keys.size() + page.commonPrefixes().size()).isLessThanOrEqualTo(maxKeys);
        assertThat(keys).isSortedAccordingTo(Utf8Order::compare);
        assertThat(page.commonPrefixes()).isSortedAccordingTo(Utf8Order::compare);
        List<String> merged = new ArrayList<>(keys);
        merged.addAll(page.commonPrefixes());
        merged.sort(Utf8Order::compare);
        return merged;
    }
}
