package dev.stowage.core.port;

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
}
