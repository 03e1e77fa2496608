package dev.stowage.client;

import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A webhook, without its secret.
 *
 * @param url where events are sent; may have a token
 * @param events the types of events
 * @param prefix only events of files whose keys begin with it; empty for all
 * @param enabled whether events are delivered
 * @param disabledReason why the service has disabled it: {@code failing} or {@code gone}
 * @param failingSince the first failure since the latest success; empty while deliveries succeed
 */
public record WebhookDetails(
        String id,
        URI url,
        List<String> events,
        Optional<String> prefix,
        boolean enabled,
        Optional<String> disabledReason,
        Optional<Instant> failingSince,
        Instant createdAt) {

    /** The list is copied. */
    public WebhookDetails {
        events = List.copyOf(events);
    }

    static WebhookDetails of(JsonFields json) {
        return new WebhookDetails(
                json.text("id"),
                URI.create(json.text("url")),
                json.texts("events"),
                json.optionalText("prefix"),
                json.flag("enabled"),
                json.optionalText("disabled_reason"),
                json.optionalTime("failing_since"),
                json.time("created_at"));
    }

    /** Leaves out the URL, which may have a token. */
    @Override
    public String toString() {
        return "WebhookDetails[" + id + "]";
    }
}
