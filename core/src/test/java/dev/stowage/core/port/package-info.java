/** Tests of the values used by the ports. */
@NullMarked
package dev.stowage.core.port;

import org.jspecify.annotations.NullMarked;
