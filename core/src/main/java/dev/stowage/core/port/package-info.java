/** Driven ports: what the core asks of a store, and the provider through which a store is found. */
@NullMarked
package dev.stowage.core.port;

import org.jspecify.annotations.NullMarked;
