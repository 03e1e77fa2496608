package dev.stowage.core.event;

/**
 * An event that waits to be published.
 *
 * @param number unique, growing
 */
public record WaitingEvent(long number, Event event) {}
