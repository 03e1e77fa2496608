package dev.stowage.core.multipart;

import dev.stowage.core.object.Etag;

/** A part as a completion names it: its number and the tag that uploading it gave. */
public record PartTag(PartNumber number, Etag etag) {}
