package dev.stowage.core.port.records;

import java.util.OptionalLong;

/**
 * The quota of a project.
 *
 * @param limit in bytes; empty for no limit
 */
public record Quota(String project, OptionalLong limit) {}
