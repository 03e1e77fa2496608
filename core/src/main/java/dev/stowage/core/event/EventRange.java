package dev.stowage.core.event;

/**
 * The events that the log has: those after {@code pruned}, up to {@code last}.
 *
 * @param pruned the id of the last event that was deleted; 0 for none
 * @param last the id of the last event; 0 when there has never been one
 */
public record EventRange(long pruned, long last) {}
