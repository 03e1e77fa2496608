package dev.stowage.local.blob;

/**
 * A blob as a range of an object.
 *
 * @param size in bytes
 */
public record Segment(BlobId blob, long size) {}
