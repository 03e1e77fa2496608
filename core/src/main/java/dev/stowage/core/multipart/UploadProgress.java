package dev.stowage.core.multipart;

/**
 * A session with the totals of its parts.
 *
 * @param parts the number of parts
 * @param bytes the total size in bytes
 */
public record UploadProgress(UploadSession session, int parts, long bytes) {}
