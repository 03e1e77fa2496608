package dev.stowage.worker;

/**
 * An additional recurring task in the background, run by one process at a time.
 *
 * @param name unique; the name of the task's lease, and shown in the log
 * @param everywhere whether it also runs in processes without background work
 * @param work may run concurrently with everything else, and repeatedly; interrupted when the service stops
 */
public record MaintenanceTask(String name, boolean everywhere, Runnable work) {}
