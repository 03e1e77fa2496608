package dev.stowage.core.session;

import dev.stowage.core.multipart.PartNumber;
import dev.stowage.core.multipart.UploadId;

/**
 * One attempt at a part of an upload.
 *
 * @param attempt grows from attempt to attempt, across all processes that share the record; of two at one part, the higher one is newer
 */
public record PartTurn(UploadId upload, PartNumber number, long attempt) {}
