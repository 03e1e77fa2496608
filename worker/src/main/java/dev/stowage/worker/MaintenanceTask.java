package dev.stowage.worker;

/**
 * Something else to be done in the background, now and then, by one process at a time.
 *
 * @param name unique, and for people
 * @param everywhere whether it is done in processes that do no other background work, too
 * @param work safe alongside everything else, and again; interrupted when the service stops
 */
public record MaintenanceTask(String name, boolean everywhere, Runnable work) {}
