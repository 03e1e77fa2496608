/** Temporary space for bodies that can't be stored as they come. */
@NullMarked
package dev.stowage.core.spool;

import org.jspecify.annotations.NullMarked;
