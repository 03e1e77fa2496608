/** Routes of the log of events. */
@NullMarked
package dev.stowage.http.events;

import org.jspecify.annotations.NullMarked;
