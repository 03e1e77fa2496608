package dev.stowage.client;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.Optional;

/** The webhooks of a service, which send events to URLs. Thread-safe. */
public final class RemoteWebhooks {

    private static final String WEBHOOKS = "/api/v1/webhooks";

    private final ApiConnection connection;

    RemoteWebhooks(ApiConnection connection) {
        this.connection = connection;
    }

    /** Creates a webhook. Each call makes another one. */
    public IssuedWebhook create(NewWebhook webhook) throws InterruptedException {
        return IssuedWebhook.of(
                connection.call(ApiRequest.post(WEBHOOKS, webhook.json())).json());
    }

    /**
     * Returns a page of the caller's webhooks, oldest first.
     *
     * @param cursor {@link ListPage#next} of the previous page; empty for the first one
     */
    public ListPage<WebhookDetails> list(Optional<String> cursor) throws InterruptedException {
        String target =
                WEBHOOKS + cursor.map(text -> "?cursor=" + UrlText.query(text)).orElse("");
        JsonFields json = connection.call(ApiRequest.get(target)).json();
        return new ListPage<>(json.list("webhooks", WebhookDetails::of), json.optionalText("next_cursor"));
    }

    /** Returns a webhook. @throws StowageException with status 404 when there is none */
    public WebhookDetails get(String id) throws InterruptedException {
        return WebhookDetails.of(connection.call(ApiRequest.get(path(id))).json());
    }

    /** Changes a webhook. Does nothing when it is like that already. */
    public WebhookDetails change(String id, WebhookChange change) throws InterruptedException {
        return WebhookDetails.of(
                connection.call(ApiRequest.patch(path(id), change.json())).json());
    }

    /** Delivers events again, from now on, and those that were pending. Does nothing when the webhook is enabled. */
    public WebhookDetails enable(String id) throws InterruptedException {
        return change(id, enabled(true));
    }

    /** Delivers no events until the webhook is enabled again; those that are recorded meanwhile are not delivered later. */
    public WebhookDetails disable(String id) throws InterruptedException {
        return change(id, enabled(false));
    }

    private static WebhookChange enabled(boolean value) {
        return new WebhookChange(Optional.empty(), Optional.empty(), Optional.empty(), Optional.of(value));
    }

    /**
     * Gives a webhook a new secret. Each call makes another one.
     *
     * @param overlap how long deliveries are signed with the current secret, too; to the second, up to 365 days
     */
    public IssuedWebhook rotate(String id, Duration overlap) throws InterruptedException {
        ObjectNode json = JsonFields.newObject().put("overlap", overlap.toSeconds());
        return IssuedWebhook.of(
                connection.call(ApiRequest.post(path(id) + "/rotate", json)).json());
    }

    /** Deletes a webhook, with its pending deliveries. @throws StowageException with status 404 when there is none */
    public void delete(String id) throws InterruptedException {
        connection.call(ApiRequest.delete(path(id)));
    }

    /** Sends an event of the type {@code webhook.test} once and returns what the receiver answered. */
    public DeliveryDetails.Attempt test(String id) throws InterruptedException {
        return DeliveryDetails.Attempt.of(
                connection.call(ApiRequest.post(path(id) + "/test")).json());
    }

    /**
     * Returns a page of a webhook's deliveries, newest first.
     *
     * @param state only those that are {@code pending}, {@code delivered} or {@code dead}
     * @param cursor {@link ListPage#next} of the previous page; empty for the first one
     */
    public ListPage<DeliveryDetails> deliveries(String id, Optional<String> state, Optional<String> cursor)
            throws InterruptedException {
        String target = path(id) + "/deliveries?limit=100"
                + state.map(text -> "&state=" + UrlText.query(text)).orElse("")
                + cursor.map(text -> "&cursor=" + UrlText.query(text)).orElse("");
        JsonFields json = connection.call(ApiRequest.get(target)).json();
        return new ListPage<>(json.list("deliveries", DeliveryDetails::of), json.optionalText("next_cursor"));
    }

    /** Delivers an event again, whatever the state of its delivery: at once, and with new attempts. */
    public DeliveryDetails redeliver(String id, String number) throws InterruptedException {
        String target = path(id) + "/deliveries/" + UrlText.query(number) + "/redeliver";
        return DeliveryDetails.of(connection.call(ApiRequest.post(target)).json());
    }

    private static String path(String id) {
        return WEBHOOKS + "/" + UrlText.query(id);
    }
}
