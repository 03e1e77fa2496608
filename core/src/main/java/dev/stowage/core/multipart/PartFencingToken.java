package dev.stowage.core.multipart;

/**
 * One attempt at a part of an upload.
 *
 * @param attempt grows with each attempt, across all processes that share the record; of two attempts at one part, the higher one is newer
 */
public record PartFencingToken(UploadId upload, PartNumber number, long attempt) {}
