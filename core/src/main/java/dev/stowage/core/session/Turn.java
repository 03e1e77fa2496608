package dev.stowage.core.session;

import dev.stowage.core.multipart.UploadId;

/**
 * The right to go on with an upload, until the next one takes it.
 *
 * @param number grows from turn to turn; only the upload's latest turn changes anything
 */
public record Turn(UploadId upload, long number) {}
