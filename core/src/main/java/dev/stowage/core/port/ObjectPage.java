package dev.stowage.core.port;

import dev.stowage.core.key.HiddenKeys;
import dev.stowage.core.key.Utf8Order;
import dev.stowage.core.object.ObjectSummary;
import java.util.List;
import java.util.Optional;

/**
 * A page of a listing. Both lists are in the order of their UTF-8 bytes and unmodifiable. Both may be empty on a page that is not the last:
 * only an empty token marks the last page.
 *
 * @param unaddressable the number of objects and common prefixes of this page that are omitted because their names are not a valid
 *     {@link dev.stowage.core.key.ObjectKey} or {@link dev.stowage.core.key.KeyPrefix}. At least 0; over all pages of a listing, each is
 *     counted once
 * @param nextToken the continuation token for the next page; empty on the last page
 */
public record ObjectPage(
        List<ObjectSummary> objects, List<String> commonPrefixes, long unaddressable, Optional<String> nextToken) {

    /** @throws IllegalArgumentException when the count is negative */
    public ObjectPage {
        if (unaddressable < 0) {
            throw new IllegalArgumentException("A count is not negative");
        }
        objects = List.copyOf(objects);
        commonPrefixes = List.copyOf(commonPrefixes);
    }

    /** Creates a page without unaddressable names. */
    public ObjectPage(List<ObjectSummary> objects, List<String> commonPrefixes, Optional<String> nextToken) {
        this(objects, commonPrefixes, 0, nextToken);
    }

    /** Returns the page without the keys and common prefixes up to and including a text. */
    public ObjectPage after(String text) {
        return new ObjectPage(
                objects.stream()
                        .filter(object -> Utf8Order.compare(object.key().value(), text) > 0)
                        .toList(),
                commonPrefixes.stream()
                        .filter(prefix -> Utf8Order.compare(prefix, text) > 0)
                        .toList(),
                unaddressable,
                nextToken);
    }

    /** Returns the page without the internal keys that are hidden from clients. */
    public ObjectPage visible() {
        return new ObjectPage(
                objects.stream()
                        .filter(object -> !HiddenKeys.contains(object.key().value()))
                        .toList(),
                commonPrefixes.stream()
                        .filter(prefix -> !HiddenKeys.contains(prefix))
                        .toList(),
                unaddressable,
                nextToken);
    }
}
