/** Recurring tasks, and the leases of tasks and of this process. */
@NullMarked
package dev.stowage.worker.schedule;

import org.jspecify.annotations.NullMarked;
