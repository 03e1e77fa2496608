/** Formats of archives. */
@NullMarked
package dev.stowage.worker.archive;

import org.jspecify.annotations.NullMarked;
