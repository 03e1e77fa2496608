/** The errors of the core, as one sealed hierarchy with stable codes. */
@NullMarked
package dev.stowage.core.error;

import org.jspecify.annotations.NullMarked;
