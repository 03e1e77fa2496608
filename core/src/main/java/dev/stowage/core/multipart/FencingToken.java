package dev.stowage.core.multipart;

/**
 * The right to go on with an upload, until the next one takes it.
 *
 * @param number grows from turn to turn; only the upload's latest turn changes anything
 */
public record FencingToken(UploadId upload, long number) {}
