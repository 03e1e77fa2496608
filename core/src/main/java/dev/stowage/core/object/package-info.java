/** Objects and their attributes, ETags, ranges, checksums and bodies. */
@NullMarked
package dev.stowage.core.object;

import org.jspecify.annotations.NullMarked;
