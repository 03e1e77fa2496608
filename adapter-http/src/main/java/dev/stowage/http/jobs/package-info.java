/** Batch jobs over HTTP. */
@NullMarked
package dev.stowage.http.jobs;

import org.jspecify.annotations.NullMarked;
