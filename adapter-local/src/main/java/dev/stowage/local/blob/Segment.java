package dev.stowage.local.blob;

/**
 * A blob as a stretch of an object.
 *
 * @param size in bytes
 */
public record Segment(BlobId blob, long size) {}
