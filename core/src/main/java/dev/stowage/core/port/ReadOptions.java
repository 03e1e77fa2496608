package dev.stowage.core.port;

import dev.stowage.core.object.ByteRange;
import dev.stowage.core.object.Etag;
import java.util.Optional;

/**
 * The options of a read.
 *
 * @param range the bytes to read; empty for all
 * @param ifMatch the ETag that the object must have; empty for any
 */
public record ReadOptions(Optional<ByteRange> range, Optional<Etag> ifMatch) {

    /** Reads all bytes of any version. */
    public static final ReadOptions ALL = new ReadOptions(Optional.empty(), Optional.empty());

    /** Reads a range of any version. */
    public static ReadOptions of(ByteRange range) {
        return new ReadOptions(Optional.of(range), Optional.empty());
    }

    /** Returns these options, restricted to the version with this ETag. */
    public ReadOptions ifMatch(Etag etag) {
        return new ReadOptions(range, Optional.of(etag));
    }
}
