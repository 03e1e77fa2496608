/** A store that accepts fewer characters in names than keys have. */
@NullMarked
package dev.stowage.testkit.names;

import org.jspecify.annotations.NullMarked;
