/** Sends events to the receivers of webhooks by HTTP, as Standard Webhooks specifies. */
@NullMarked
package dev.stowage.webhook;

import org.jspecify.annotations.NullMarked;
