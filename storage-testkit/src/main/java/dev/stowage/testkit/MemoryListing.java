package dev.stowage.testkit;

import dev.stowage.core.adapter.PageToken;
import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.key.Utf8Order;
import dev.stowage.core.object.ObjectSummary;
import dev.stowage.core.port.ListQuery;
import dev.stowage.core.port.ObjectPage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/** Creates pages of a sorted map by iterating over all of it. */
final class MemoryListing {

    private final List<ObjectSummary> objects = new ArrayList<>();
    private final List<String> commonPrefixes = new ArrayList<>();
    private String last = "";

    private MemoryListing() {}

    static ObjectPage page(SortedMap<ObjectKey, StoredObject> all, ListQuery query) {
        MemoryListing page = new MemoryListing();
        PageToken tokens = new PageToken(
                "objects", query.prefix().value(), query.delimiter().orElse(""));
        Optional<String> after = query.token().map(tokens::decode).or(query::startAfter);
        for (Map.Entry<ObjectKey, StoredObject> entry : all.entrySet()) {
            ObjectKey key = entry.getKey();
            Optional<String> common = commonPrefix(key, query);
            String shown = common.orElse(key.value());
            boolean before = after.isPresent() && Utf8Order.compare(shown, after.get()) <= 0;
            if (!query.prefix().contains(key) || before || shown.equals(page.last)) {
                continue;
            }
            if (page.objects.size() + page.commonPrefixes.size() == query.maxKeys()) {
                return page.toPage(Optional.of(tokens.encode(page.last)));
            }
            page.add(key, common, entry.getValue());
        }
        return page.toPage(Optional.empty());
    }

    private void add(ObjectKey key, Optional<String> common, StoredObject object) {
        common.ifPresentOrElse(
                commonPrefixes::add,
                () -> objects.add(new ObjectSummary(key, object.size(), object.etag(), object.lastModified())));
        last = common.orElse(key.value());
    }

    private ObjectPage toPage(Optional<String> nextToken) {
        return new ObjectPage(objects, commonPrefixes, nextToken);
    }

    /** Returns the common prefix that the key is grouped into; empty when it is listed itself. */
    private static Optional<String> commonPrefix(ObjectKey key, ListQuery query) {
        return query.delimiter().flatMap(delimiter -> {
            int at = key.value().indexOf(delimiter, query.prefix().value().length());
            return at < 0 ? Optional.empty() : Optional.of(key.value().substring(0, at + delimiter.length()));
        });
    }
}
