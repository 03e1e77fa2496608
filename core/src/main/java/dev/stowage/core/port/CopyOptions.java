package dev.stowage.core.port;

import dev.stowage.core.object.AttributeChanges;
import dev.stowage.core.object.Etag;
import dev.stowage.core.object.WriteCondition;
import java.util.Optional;

/**
 * How an object is copied.
 *
 * @param condition what must hold of the object at the target
 * @param ifSourceMatch the tag the source must have; empty for any
 * @param changes in what the target's attributes differ from the source's
 */
public record CopyOptions(WriteCondition condition, Optional<Etag> ifSourceMatch, AttributeChanges changes) {

    /** Whatever is there, over whatever is there, with the attributes it has. */
    public static final CopyOptions DEFAULT =
            new CopyOptions(WriteCondition.NONE, Optional.empty(), AttributeChanges.NONE);
}
