/** The times of schedules. */
@NullMarked
package dev.stowage.worker.cron;

import org.jspecify.annotations.NullMarked;
