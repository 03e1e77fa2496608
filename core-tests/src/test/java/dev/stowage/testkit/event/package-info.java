/** Tests of events, on a store and a record in memory. */
@NullMarked
package dev.stowage.testkit.event;

import org.jspecify.annotations.NullMarked;
