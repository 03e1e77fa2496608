/** The execution of batch jobs: scheduling, batches, and the results of items. */
@NullMarked
package dev.stowage.worker.job;

import org.jspecify.annotations.NullMarked;
