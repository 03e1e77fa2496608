/** Objects and what describes them: attributes, ETags, ranges, checksums, bodies. */
@NullMarked
package dev.stowage.core.object;

import org.jspecify.annotations.NullMarked;
