package dev.stowage.core.port;

import dev.stowage.core.error.ErrorCode;
import dev.stowage.core.error.InvalidInput;
import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.object.AttributeChanges;
import dev.stowage.core.object.Etag;
import dev.stowage.core.object.Metadata;
import dev.stowage.core.object.ObjectInfo;
import dev.stowage.core.object.OwnExpiry;
import dev.stowage.core.object.WriteCondition;
import java.util.Optional;

/**
 * The options of a copy.
 *
 * @param condition the condition on the object at the target
 * @param ifSourceMatch the ETag that the source must have; empty for any
 * @param changes the changes to the source's attributes; stores make those of {@link #changesTo}
 * @param move whether the copy takes the place of the source, and so keeps its own expiry
 */
public record CopyOptions(
        WriteCondition condition, Optional<Etag> ifSourceMatch, AttributeChanges changes, boolean move) {

    /** Copies any version unconditionally and keeps its attributes. */
    public static final CopyOptions DEFAULT =
            new CopyOptions(WriteCondition.NONE, Optional.empty(), AttributeChanges.NONE);

    /** Creates options of a copy beside which the source stays. */
    public CopyOptions(WriteCondition condition, Optional<Etag> ifSourceMatch, AttributeChanges changes) {
        this(condition, ifSourceMatch, changes, false);
    }

    /** Returns options of a copy that takes the place of the given version. */
    public static CopyOptions moving(WriteCondition condition, Etag version) {
        return new CopyOptions(condition, Optional.of(version), AttributeChanges.NONE, true);
    }

    /**
     * Checks a copy as every store has to, before it looks for the source: one that replaces the source has to change an attribute.
     *
     * @throws InvalidInput when the keys are the same and there is nothing to change
     */
    public void check(ObjectKey source, ObjectKey target) {
        if (source.equals(target) && changes.isEmpty()) {
            throw new InvalidInput(
                    ErrorCode.INVALID_REQUEST, "A copy of a file onto itself has to change an attribute");
        }
    }

    /**
     * Returns the changes to make to the attributes of an object that is copied. They are {@link #changes}, and differ from them only when
     * the object has an expiry of its own. A copy at another key has none, so that it does not disappear with the temporary file that it
     * was made of. A copy that takes the place of the object expires at the same time.
     *
     * @param source the version that is copied
     */
    public AttributeChanges changesTo(ObjectInfo source, ObjectKey target) {
        Optional<OwnExpiry> own = source.attributes().expiry();
        if (own.isEmpty() || changes.metadata().flatMap(Metadata::expiry).isPresent()) {
            return changes;
        }
        boolean keeps = move || source.key().equals(target);
        Optional<OwnExpiry> kept = keeps ? source.expiresAt().map(OwnExpiry.At::new) : Optional.empty();
        Metadata metadata = changes.metadata().orElse(source.attributes().metadata());
        return changes.with(metadata.expiring(kept));
    }
}
