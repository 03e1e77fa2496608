/** A store behind a connection, and such stores with a defect that shows when the connection fails. */
@NullMarked
package dev.stowage.testkit.remote;

import org.jspecify.annotations.NullMarked;
