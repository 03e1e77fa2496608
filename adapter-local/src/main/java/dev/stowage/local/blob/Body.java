package dev.stowage.local.blob;

/** A body that was read: written to a file, or, when it is small, in memory until it is in the index. */
public sealed interface Body permits StoredBlob, SmallBody {

    /** In bytes. */
    long size();

    /** The digest of its bytes, in hexadecimal digits. */
    String md5();
}
