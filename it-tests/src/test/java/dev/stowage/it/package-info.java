/** The running service, black box, and the rules of its architecture. */
@NullMarked
package dev.stowage.it;

import org.jspecify.annotations.NullMarked;
