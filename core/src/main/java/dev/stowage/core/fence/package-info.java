/** A store that a process changes only as long as it is sure that its work is its own. */
@NullMarked
package dev.stowage.core.fence;

import org.jspecify.annotations.NullMarked;
