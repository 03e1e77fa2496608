package dev.stowage.local.index;

import dev.stowage.core.object.ObjectInfo;

/**
 * An object and where its bytes are.
 *
 * @param content the number of its content; several objects may have the same one
 */
public record ObjectRow(ObjectInfo info, long content) {}
