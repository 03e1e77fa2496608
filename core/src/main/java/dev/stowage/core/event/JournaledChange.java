package dev.stowage.core.event;

/**
 * A change in the journal of a store.
 *
 * @param position of the change in the journal, growing
 */
public record JournaledChange(long position, Event event) {}
