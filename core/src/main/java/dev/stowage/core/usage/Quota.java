package dev.stowage.core.usage;

import java.util.OptionalLong;

/**
 * What a project may hold.
 *
 * @param limit in bytes; empty for no limit
 */
public record Quota(String project, OptionalLong limit) {}
