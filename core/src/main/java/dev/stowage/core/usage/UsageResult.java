package dev.stowage.core.usage;

import java.util.OptionalLong;

/**
 * What became of an object that was to be changed.
 *
 * @param size that it has, in bytes; empty when there is none, or it counts for no project
 */
public record UsageResult(UsageIntent intent, OptionalLong size) {}
