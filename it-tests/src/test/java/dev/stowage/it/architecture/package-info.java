/** The rules of the architecture. */
@NullMarked
package dev.stowage.it.architecture;

import org.jspecify.annotations.NullMarked;
