/** The running service, seen from outside, and the rules of its architecture. */
@NullMarked
package dev.stowage.it;

import org.jspecify.annotations.NullMarked;
