package dev.stowage.core.multipart;

import dev.stowage.core.object.Etag;
import java.util.Optional;

/**
 * A part that an older attempt may have stored over the newest one: it was still under way when the newest began.
 *
 * @param newest the tag of what the newest attempt stored
 * @param older the tag of what the older attempt stored; empty while it is under way, or when its process ended before it was noted
 */
public record UnconfirmedPart(PartNumber number, Etag newest, Optional<Etag> older) {

    /** Whether {@code listed}, which the store has, may be the older attempt's. */
    public boolean isOutdated(PartInfo listed) {
        return listed.number().equals(number)
                && !listed.etag().equals(newest)
                && (older.isEmpty() || older.get().equals(listed.etag()));
    }
}
