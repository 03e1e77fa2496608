/** Batch jobs as values: what was asked for, how far it is, and what became of each item. */
@NullMarked
package dev.stowage.core.job;

import org.jspecify.annotations.NullMarked;
