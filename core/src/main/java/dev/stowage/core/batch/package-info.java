/**
 * Batch jobs: {@link dev.stowage.core.batch.Jobs} for clients, and {@link dev.stowage.core.batch.JobOperations} for the workers that run
 * them. A new operation needs a class here that implements {@code JobOperation}, and a line in {@code JobOperations}.
 */
@NullMarked
package dev.stowage.core.batch;

import org.jspecify.annotations.NullMarked;
