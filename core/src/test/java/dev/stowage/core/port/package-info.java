/** Tests of the ports' values. */
@NullMarked
package dev.stowage.core.port;

import org.jspecify.annotations.NullMarked;
