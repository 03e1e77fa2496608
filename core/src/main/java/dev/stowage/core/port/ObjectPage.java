package dev.stowage.core.port;

import dev.stowage.core.key.HiddenKeys;
import dev.stowage.core.object.ObjectSummary;
import java.util.List;
import java.util.Optional;

/**
 * A page of a listing. Both lists are in the order of their UTF-8 bytes and unmodifiable; both may be empty although more
 * follow, so only the token tells the last page.
 *
 * @param nextToken what to ask for the next page with; empty on the last page
 */
public record ObjectPage(List<ObjectSummary> objects, List<String> commonPrefixes, Optional<String> nextToken) {
    public ObjectPage {
        objects = List.copyOf(objects);
        commonPrefixes = List.copyOf(commonPrefixes);
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
                nextToken);
    }
}
