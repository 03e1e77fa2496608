/** Servers and disks that fail when a test requires it. */
@NullMarked
package dev.stowage.testkit.fault;

import org.jspecify.annotations.NullMarked;
