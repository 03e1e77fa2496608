package dev.stowage.local.blob;

import dev.stowage.core.object.Checksum;
import java.util.List;

/**
 * A blob whose bytes are on disk.
 *
 * @param size in bytes
 * @param md5 the digest of its bytes, in hexadecimal digits
 * @param checksums the digests with which it was sent, besides the MD5; unmodifiable
 */
public record StoredBlob(BlobId id, long size, String md5, List<Checksum> checksums) implements Body {
    public StoredBlob {
        checksums = List.copyOf(checksums);
    }
}
