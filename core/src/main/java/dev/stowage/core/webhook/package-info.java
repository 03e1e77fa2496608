/** Webhooks: subscriptions of receivers to events, and the deliveries to them. */
@NullMarked
package dev.stowage.core.webhook;

import org.jspecify.annotations.NullMarked;
