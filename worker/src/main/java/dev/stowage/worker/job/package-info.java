/** Batch jobs at work: who is next, what a batch does, and what becomes of its items. */
@NullMarked
package dev.stowage.worker.job;

import org.jspecify.annotations.NullMarked;
