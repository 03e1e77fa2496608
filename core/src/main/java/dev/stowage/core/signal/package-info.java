/** Signals between the parts of one process. */
@NullMarked
package dev.stowage.core.signal;

import org.jspecify.annotations.NullMarked;
