package dev.stowage.core.port;

import dev.stowage.core.object.Checksum;
import dev.stowage.core.object.ObjectInfo;
import java.util.List;

/**
 * What a store has recorded about an object's bytes, to verify them.
 *
 * @param partSizes the sizes in bytes of the parts that the ETag was computed from, in order; empty when the object was not made of parts,
 *     or the store does not report them; unmodifiable
 * @param checksums of the whole object; unmodifiable
 * @param partChecksums those of each part in {@code partSizes}, or empty if the store keeps none; unmodifiable
 * @param tagMeaning what the ETag says about the bytes
 */
public record ObjectRecord(
        ObjectInfo info,
        List<Long> partSizes,
        List<Checksum> checksums,
        List<List<Checksum>> partChecksums,
        TagMeaning tagMeaning) {
    public ObjectRecord {
        partSizes = List.copyOf(partSizes);
        checksums = List.copyOf(checksums);
        partChecksums = List.copyOf(partChecksums);
    }

    /** A record without checksums of parts. */
    public ObjectRecord(ObjectInfo info, List<Long> partSizes, List<Checksum> checksums, TagMeaning tagMeaning) {
        this(info, partSizes, checksums, List.of(), tagMeaning);
    }
}
