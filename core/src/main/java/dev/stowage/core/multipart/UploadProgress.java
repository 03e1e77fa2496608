package dev.stowage.core.multipart;

/**
 * A session, and what it holds.
 *
 * @param parts how many it has
 * @param bytes of all parts together
 */
public record UploadProgress(UploadSession session, int parts, long bytes) {}
