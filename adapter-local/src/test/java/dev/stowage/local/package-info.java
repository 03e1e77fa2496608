/** Tests of the embedded store as a whole. */
@NullMarked
package dev.stowage.local;

import org.jspecify.annotations.NullMarked;
