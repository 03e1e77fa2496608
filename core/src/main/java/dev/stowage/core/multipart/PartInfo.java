package dev.stowage.core.multipart;

import dev.stowage.core.object.Checksum;
import dev.stowage.core.object.Etag;
import java.time.Instant;
import java.util.List;

/**
 * A part that the store holds.
 *
 * @param size in bytes
 * @param checksums the digests with which it was stored, if the store keeps them; unmodifiable
 */
public record PartInfo(PartNumber number, long size, Etag etag, Instant lastModified, List<Checksum> checksums) {
    public PartInfo {
        checksums = List.copyOf(checksums);
    }

    /** A part without checksums. */
    public PartInfo(PartNumber number, long size, Etag etag, Instant lastModified) {
        this(number, size, etag, lastModified, List.of());
    }
}
