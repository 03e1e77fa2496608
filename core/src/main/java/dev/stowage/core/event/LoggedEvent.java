package dev.stowage.core.event;

/**
 * An event in the log.
 *
 * @param id its position: from 1, without gaps, in an order in which the events of each key follow each other
 */
public record LoggedEvent(long id, Event event) {}
