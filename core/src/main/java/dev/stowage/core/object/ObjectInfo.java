package dev.stowage.core.object;

import dev.stowage.core.key.ObjectKey;
import java.time.Instant;

/**
 * All there is to know about an object but its bytes.
 *
 * @param size in bytes
 * @param lastModified when it was written, to the second or finer
 */
public record ObjectInfo(ObjectKey key, long size, Etag etag, Instant lastModified, ObjectAttributes attributes) {}
