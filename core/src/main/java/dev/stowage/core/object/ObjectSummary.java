package dev.stowage.core.object;

import dev.stowage.core.key.ObjectKey;
import java.time.Instant;

/**
 * An object in a listing.
 *
 * @param size in bytes
 */
public record ObjectSummary(ObjectKey key, long size, Etag etag, Instant lastModified) {}
