/** Tests of the package of the same name. */
@NullMarked
package dev.stowage.local.index;

import org.jspecify.annotations.NullMarked;
