package dev.stowage.core.multipart;

import dev.stowage.core.object.Etag;
import dev.stowage.core.object.Preconditions;
import java.util.List;
import java.util.Optional;

/**
 * What an upload is being, or was, made into.
 *
 * @param parts chosen, in the order of their numbers; unmodifiable
 * @param size of them together, in bytes
 * @param conditions what must hold of the object that it replaces
 * @param etag of the object; empty until the store has made it
 */
public record Completion(List<PartTag> parts, long size, Preconditions conditions, Optional<Etag> etag) {
    public Completion {
        parts = List.copyOf(parts);
    }
}
