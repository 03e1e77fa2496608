/** A store that a process can change only while it is sure to hold its claims. */
@NullMarked
package dev.stowage.core.fence;

import org.jspecify.annotations.NullMarked;
