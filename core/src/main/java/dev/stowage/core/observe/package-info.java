/** The port through which the work of the service can be observed, such as for traces. */
@NullMarked
package dev.stowage.core.observe;

import org.jspecify.annotations.NullMarked;
