package dev.stowage.core.multipart;

import dev.stowage.core.object.Etag;
import java.util.Optional;

/**
 * A part that an older attempt may have stored over the newest one, as it was still running when the newest began.
 *
 * @param newest the ETag that the newest attempt stored
 * @param older the ETag that the older attempt stored; empty while it is running, or when its process ended before recording it
 */
public record UnconfirmedPart(PartNumber number, Etag newest, Optional<Etag> older) {

    /** Whether {@code listed}, which the store has, may come from the older attempt. */
    public boolean isOutdated(PartInfo listed) {
        return listed.number().equals(number)
                && !listed.etag().equals(newest)
                && (older.isEmpty() || older.get().equals(listed.etag()));
    }
}
