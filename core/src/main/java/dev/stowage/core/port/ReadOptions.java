package dev.stowage.core.port;

import dev.stowage.core.object.ByteRange;
import dev.stowage.core.object.Etag;
import java.util.Optional;

/**
 * What of an object is read.
 *
 * @param range the bytes wanted; empty for all
 * @param ifMatch the tag the object must have; empty for any
 */
public record ReadOptions(Optional<ByteRange> range, Optional<Etag> ifMatch) {

    /** All bytes of whatever is there. */
    public static final ReadOptions ALL = new ReadOptions(Optional.empty(), Optional.empty());

    /** Some bytes of whatever is there. */
    public static ReadOptions of(ByteRange range) {
        return new ReadOptions(Optional.of(range), Optional.empty());
    }

    /** The same, of this version alone. */
    public ReadOptions ifMatch(Etag etag) {
        return new ReadOptions(range, Optional.of(etag));
    }
}
