package dev.stowage.core.port.service;

import dev.stowage.core.event.LoggedEvent;
import dev.stowage.core.event.Webhook;
import dev.stowage.core.event.WebhookDelivery;

/** Sends events to the receivers of webhooks. Safe for concurrent use. */
public interface WebhookSender {

    /**
     * Checks that events may be sent to a URL now. The addresses of its host are checked again at each attempt.
     *
     * @throws dev.stowage.core.error.InvalidInput when they may not; the message says what to change
     */
    void check(String url);

    /**
     * Sends an event once, signed by the secret of the webhook. Takes about 15 seconds at most, unless the resolution of the host's name takes
     * longer. An interrupt ends the attempt early.
     *
     * @return the result; no failure of the receiver or the network is thrown
     */
    WebhookDelivery.Result send(Webhook webhook, LoggedEvent event);
}
