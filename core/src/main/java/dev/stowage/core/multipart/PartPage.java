package dev.stowage.core.multipart;

import java.util.List;
import java.util.Optional;

/**
 * A page of an upload's parts.
 *
 * @param parts in the order of their numbers; unmodifiable
 * @param next the page ends with this part, and the next one begins after it; empty on the last page
 */
public record PartPage(List<PartInfo> parts, Optional<PartNumber> next) {
    public PartPage {
        parts = List.copyOf(parts);
    }
}
