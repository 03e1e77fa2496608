package dev.stowage.testkit;

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

/** Makes pages of a sorted map by walking all of it. */
final class MemoryListing {

    private final List<ObjectSummary> objects = new ArrayList<>();
    private final List<String> commonPrefixes = new ArrayList<>();
    private String last = "";

    private MemoryListing() {}

    static ObjectPage page(SortedMap<ObjectKey, StoredObject> all, ListQuery query) {
        MemoryListing page = new MemoryListing();
        String scope = query.prefix() + "\n" + query.delimiter().orElse("");
        Optional<String> after = query.token().map(token -> PageToken.decode(scope, token));
        for (Map.Entry<ObjectKey, StoredObject> entry : all.entrySet()) {
            ObjectKey key = entry.getKey();
            String shown = shown(key, query);
            boolean before = after.isPresent() && Utf8Order.compare(shown, after.get()) <= 0;
            if (!query.prefix().contains(key) || before || shown.equals(page.last)) {
                continue;
            }
            if (page.objects.size() + page.commonPrefixes.size() == query.maxKeys()) {
                return page.toPage(Optional.of(PageToken.encode(scope, page.last)));
            }
            page.add(key, shown, entry.getValue());
        }
        return page.toPage(Optional.empty());
    }

    private void add(ObjectKey key, String shown, StoredObject object) {
        if (shown.equals(key.value())) {
            objects.add(new ObjectSummary(key, object.size(), object.etag(), object.lastModified()));
        } else {
            commonPrefixes.add(shown);
        }
        last = shown;
    }

    private ObjectPage toPage(Optional<String> nextToken) {
        return new ObjectPage(objects, commonPrefixes, nextToken);
    }

    /** The key, or the common prefix that it is grouped into. */
    private static String shown(ObjectKey key, ListQuery query) {
        String text = key.value();
        if (query.delimiter().isEmpty()) {
            return text;
        }
        String delimiter = query.delimiter().get();
        int at = text.indexOf(delimiter, query.prefix().value().length());
        return at < 0 ? text : text.substring(0, at + delimiter.length());
    }
}
