/**
 * The operations of batch jobs on files. A new operation needs a class here and a line in {@link dev.stowage.core.operation.JobOperations}.
 */
@NullMarked
package dev.stowage.core.operation;

import org.jspecify.annotations.NullMarked;
