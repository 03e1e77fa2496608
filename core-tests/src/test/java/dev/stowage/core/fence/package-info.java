/** Tests of the fences of stores. */
@NullMarked
package dev.stowage.core.fence;

import org.jspecify.annotations.NullMarked;
