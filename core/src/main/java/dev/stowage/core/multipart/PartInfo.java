package dev.stowage.core.multipart;

import dev.stowage.core.object.Etag;
import java.time.Instant;

/**
 * A part that the store holds.
 *
 * @param size in bytes
 */
public record PartInfo(PartNumber number, long size, Etag etag, Instant lastModified) {}
