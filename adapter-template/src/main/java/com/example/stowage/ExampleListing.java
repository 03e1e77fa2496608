package com.example.stowage;

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

/** Lists a sorted map page by page. A store that lists by prefix and delimiter itself needs nothing like it. */
final class ExampleListing {

    private final List<ObjectSummary> objects = new ArrayList<>();
    private final List<String> commonPrefixes = new ArrayList<>();
    private String last = "";

    private ExampleListing() {}

    static ObjectPage page(SortedMap<ObjectKey, ExampleObject> all, ListQuery query) {
        ExampleListing page = new ExampleListing();
        PageToken tokens =
                new PageToken(query.prefix().value(), query.delimiter().orElse(""));
        Optional<String> after = query.token().map(tokens::decode);
        for (Map.Entry<ObjectKey, ExampleObject> entry : all.entrySet()) {
            ObjectKey key = entry.getKey();
            Optional<String> common = commonPrefix(key, query);
            String shown = common.orElse(key.value());
            boolean before = after.isPresent() && Utf8Order.compare(shown, after.get()) <= 0;
            if (!query.prefix().contains(key) || before || shown.equals(page.last)) {
                continue;
            }
            if (page.objects.size() + page.commonPrefixes.size() == query.maxKeys()) {
                return page.withToken(Optional.of(tokens.encode(page.last)));
            }
            common.ifPresentOrElse(
                    page.commonPrefixes::add,
                    () -> page.objects.add(entry.getValue().summary(key)));
            page.last = shown;
        }
        return page.withToken(Optional.empty());
    }

    private ObjectPage withToken(Optional<String> token) {
        return new ObjectPage(objects, commonPrefixes, token);
    }

    /** The prefix that the key is grouped into, up to and including the delimiter; empty when the key is listed itself. */
    private static Optional<String> commonPrefix(ObjectKey key, ListQuery query) {
        return query.delimiter().flatMap(delimiter -> {
            int at = key.value().indexOf(delimiter, query.prefix().value().length());
            return at < 0 ? Optional.empty() : Optional.of(key.value().substring(0, at + delimiter.length()));
        });
    }
}
