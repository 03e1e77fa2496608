package dev.stowage.core.port;

import dev.stowage.core.object.Checksum;
import dev.stowage.core.object.ObjectInfo;
import java.util.List;

/**
 * What a store has on record of an object's bytes, to check them by.
 *
 * @param partSizes of the parts whose digests make the tag, in order, in bytes; empty when it was not made of parts, or the store does
 *     not tell; unmodifiable
 * @param checksums of the whole; unmodifiable
 * @param tagMeaning what the tag says of the bytes
 */
public record ObjectRecord(ObjectInfo info, List<Long> partSizes, List<Checksum> checksums, TagMeaning tagMeaning) {
    public ObjectRecord {
        partSizes = List.copyOf(partSizes);
        checksums = List.copyOf(checksums);
    }
}
