/** Temporary disk space for bodies that can't be stored as they are received. */
@NullMarked
package dev.stowage.core.spool;

import org.jspecify.annotations.NullMarked;
