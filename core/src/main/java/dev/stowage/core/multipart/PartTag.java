package dev.stowage.core.multipart;

import dev.stowage.core.object.Etag;

/** A part as named in a completion: its number and the ETag that was returned for it. */
public record PartTag(PartNumber number, Etag etag) {}
