/** Tests of the index. */
@NullMarked
package dev.stowage.local.index;

import org.jspecify.annotations.NullMarked;
