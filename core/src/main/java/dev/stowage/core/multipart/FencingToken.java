package dev.stowage.core.multipart;

/**
 * The permission to write to a resumable upload, until the next token is issued.
 *
 * @param number grows with each token; only the upload's newest token permits changes
 */
public record FencingToken(UploadId upload, long number) {}
