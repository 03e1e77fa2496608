package dev.stowage.local.blob;

import dev.stowage.core.object.Checksum;
import java.util.List;

/** A body that was read: written to a file, or, when it is small, in memory until it is in the index. */
public sealed interface Body permits StoredBlob, SmallBody {

    /** In bytes. */
    long size();

    /** The digest of its bytes, in hexadecimal digits. */
    String md5();

    /** The digests with which it was sent, besides the MD5. */
    List<Checksum> checksums();
}
