/** Another protocol on a port of its own of the same server, with the same limits and meters. */
@NullMarked
package dev.stowage.http.protocol;

import org.jspecify.annotations.NullMarked;
