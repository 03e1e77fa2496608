/** Driven ports: the interfaces that the core requires of stores and records, and the provider through which a store is found. */
@NullMarked
package dev.stowage.core.port;

import org.jspecify.annotations.NullMarked;
