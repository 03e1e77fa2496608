package dev.stowage.core.object;

import dev.stowage.core.key.ObjectKey;
import java.time.Instant;

/**
 * An object as a listing shows it.
 *
 * @param size in bytes
 */
public record ObjectSummary(ObjectKey key, long size, Etag etag, Instant lastModified) {}
