/** What a batch job can do with its files. A new operation is a class here and a line in {@link dev.stowage.core.operation.JobOperations}. */
@NullMarked
package dev.stowage.core.operation;

import org.jspecify.annotations.NullMarked;
