package dev.stowage.testkit;

import dev.stowage.core.error.InvalidInput;
import dev.stowage.core.event.LoggedEvent;
import dev.stowage.core.event.Webhook;
import dev.stowage.core.event.WebhookDelivery;
import dev.stowage.core.port.service.WebhookSender;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** A sender whose receivers answer as a test says, at first with 204. Sends nothing. Safe for concurrent use. */
public final class AcceptingSender implements WebhookSender {

    private static final int NO_CONTENT = 204;
    private static final int REDIRECT = 300;

    private final InstantSource clock;
    private final List<LoggedEvent> sent = new ArrayList<>();
    private int status = NO_CONTENT;

    /** @param clock the time of results */
    public AcceptingSender(InstantSource clock) {
        this.clock = clock;
    }

    /** Lets receivers answer with another status from now on. */
    public synchronized void answer(int other) {
        status = other;
    }

    /** Returns the events that were sent, in their order. */
    public synchronized List<LoggedEvent> sent() {
        return List.copyOf(sent);
    }

    /** Accepts URLs of https. */
    @Override
    public void check(String url) {
        if (!url.startsWith("https://")) {
            throw InvalidInput.ofField("url", "url must begin with https://");
        }
    }

    @Override
    public synchronized WebhookDelivery.Result send(Webhook webhook, LoggedEvent event) {
        sent.add(event);
        Instant now = clock.instant();
        boolean accepted = status < REDIRECT;
        return new WebhookDelivery.Result(
                now,
                OptionalInt.of(status),
                accepted ? Optional.empty() : Optional.of("The receiver answered " + status));
    }
}
