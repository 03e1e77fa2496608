/** Values of batch jobs: requests, progress, and the result of each item. */
@NullMarked
package dev.stowage.core.job;

import org.jspecify.annotations.NullMarked;
