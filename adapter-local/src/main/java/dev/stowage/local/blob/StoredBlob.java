package dev.stowage.local.blob;

/**
 * A blob whose bytes are on disk.
 *
 * @param size in bytes
 * @param md5 the digest of its bytes, in hexadecimal digits
 */
public record StoredBlob(BlobId id, long size, String md5) implements Body {}
