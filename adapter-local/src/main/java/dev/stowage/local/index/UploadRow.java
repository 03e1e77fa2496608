package dev.stowage.local.index;

import dev.stowage.core.multipart.UploadInfo;
import dev.stowage.core.object.ObjectAttributes;

/**
 * An open upload.
 *
 * @param content the content of its parts
 */
record UploadRow(UploadInfo info, ObjectAttributes attributes, long content) {}
