package dev.stowage.local.index;

import java.util.Optional;

/**
 * An object to be read.
 *
 * @param bytes all of its bytes, if they are in the index; otherwise they are in segments
 */
public record ReadableRow(ObjectRow object, Optional<byte[]> bytes) {}
