package dev.stowage.core.port;

import dev.stowage.core.key.HiddenKeys;
import dev.stowage.core.object.ObjectSummary;
import java.util.List;
import java.util.Optional;

/**
 * A page of a listing. Both lists are in the order of their UTF-8 bytes and unmodifiable; both may be empty although more
 * follow, so only the token tells the last page.
 *
 * @param unaddressable how many objects and common prefixes belong to the page and are not shown, as they can't be named: they are no
 *     {@link dev.stowage.core.key.ObjectKey} or no {@link dev.stowage.core.key.KeyPrefix}. 0 or more; the pages of a listing count each
 *     of them once
 * @param nextToken what to ask for the next page with; empty on the last page
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

    /** A page of a store in which everything can be named. */
    public ObjectPage(List<ObjectSummary> objects, List<String> commonPrefixes, Optional<String> nextToken) {
        this(objects, commonPrefixes, 0, nextToken);
    }

    /** The page without what is hidden from clients. */
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
