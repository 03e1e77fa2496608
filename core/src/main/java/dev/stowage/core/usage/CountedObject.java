package dev.stowage.core.usage;

import dev.stowage.core.key.ObjectKey;

/**
 * An object as counted for its project.
 *
 * @param size in bytes
 */
public record CountedObject(ObjectKey key, String project, long size) {}
