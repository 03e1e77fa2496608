package dev.stowage.core.usage;

import java.util.OptionalLong;

/**
 * The result of a change of an object.
 *
 * @param size the object's size in bytes; empty when there is no object, or it counts for no project
 */
public record UsageResult(UsageIntent intent, OptionalLong size) {}
