/** Passes events to sinks, and delivers those of webhooks. */
@NullMarked
package dev.stowage.worker.webhook;

import org.jspecify.annotations.NullMarked;
