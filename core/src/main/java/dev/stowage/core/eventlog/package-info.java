/** The log of events: recording the changes of a store, publishing events, and reading them. */
@NullMarked
package dev.stowage.core.eventlog;

import org.jspecify.annotations.NullMarked;
