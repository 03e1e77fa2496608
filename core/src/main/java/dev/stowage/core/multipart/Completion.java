package dev.stowage.core.multipart;

import dev.stowage.core.object.Etag;
import dev.stowage.core.object.Preconditions;
import java.util.List;
import java.util.Optional;

/**
 * The object that an upload is being, or was, completed to.
 *
 * @param parts the chosen parts, in the order of their numbers; unmodifiable
 * @param size the total size in bytes
 * @param conditions on the object that is replaced
 * @param etag of the object; empty until the store has created it
 */
public record Completion(List<PartTag> parts, long size, Preconditions conditions, Optional<Etag> etag) {
    public Completion {
        parts = List.copyOf(parts);
    }
}
