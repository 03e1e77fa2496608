/**
 * The ports of a store: what its adapter implements, the provider through which it is found, and bases for decorators. The subpackages have
 * the other ports.
 */
@NullMarked
package dev.stowage.core.port;

import org.jspecify.annotations.NullMarked;
