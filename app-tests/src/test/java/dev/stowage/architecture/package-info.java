/** The rules of the architecture. */
@NullMarked
package dev.stowage.architecture;

import org.jspecify.annotations.NullMarked;
