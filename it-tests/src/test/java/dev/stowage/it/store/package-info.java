/** The stores that the service is tested on. */
@NullMarked
package dev.stowage.it.store;

import org.jspecify.annotations.NullMarked;
