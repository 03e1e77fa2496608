/** Servers that fail when a test says so. */
@NullMarked
package dev.stowage.testkit.fault;

import org.jspecify.annotations.NullMarked;
