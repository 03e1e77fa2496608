/** Decorators of a store that refuse changes once the lease of the process, or a claim on a job, may have been lost. */
@NullMarked
package dev.stowage.core.fence;

import org.jspecify.annotations.NullMarked;
