package dev.stowage.local.index;

import dev.stowage.core.object.ObjectInfo;

/**
 * An object and its content.
 *
 * @param content the number of its content, which several objects may share
 */
public record ObjectRow(ObjectInfo info, long content) {}
