/** Routes of the rules by which files expire. */
@NullMarked
package dev.stowage.http.lifecycle;

import org.jspecify.annotations.NullMarked;
