package dev.stowage.local.blob;

/** A body that was taken in: in a file of its own, or, when it is short, in memory until the index has it. */
public sealed interface Body permits StoredBlob, SmallBody {

    /** In bytes. */
    long size();

    /** The digest of its bytes, in hexadecimal digits. */
    String md5();
}
