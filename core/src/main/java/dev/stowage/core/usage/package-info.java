/** How much projects hold, as values. */
@NullMarked
package dev.stowage.core.usage;

import org.jspecify.annotations.NullMarked;
