/** What the disk and the database say when they fail, in the core's words. */
@NullMarked
package dev.stowage.local.fault;

import org.jspecify.annotations.NullMarked;
