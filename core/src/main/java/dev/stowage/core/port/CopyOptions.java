package dev.stowage.core.port;

import dev.stowage.core.object.AttributeChanges;
import dev.stowage.core.object.Etag;
import dev.stowage.core.object.WriteCondition;
import java.util.Optional;

/**
 * The options of a copy.
 *
 * @param condition the condition on the object at the target
 * @param ifSourceMatch the ETag that the source must have; empty for any
 * @param changes the changes to the source's attributes
 */
public record CopyOptions(WriteCondition condition, Optional<Etag> ifSourceMatch, AttributeChanges changes) {

    /** Copies any version unconditionally and keeps its attributes. */
    public static final CopyOptions DEFAULT =
            new CopyOptions(WriteCondition.NONE, Optional.empty(), AttributeChanges.NONE);
}
