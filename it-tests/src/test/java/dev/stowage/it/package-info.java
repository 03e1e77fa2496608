/** Black-box tests of the running service. */
@NullMarked
package dev.stowage.it;

import org.jspecify.annotations.NullMarked;
