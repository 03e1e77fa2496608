package dev.stowage.client;

/**
 * A webhook that is new, or has a new secret.
 *
 * @param signingKey the secret that verifies the signatures of deliveries; the service does not show it again
 */
public record IssuedWebhook(WebhookDetails webhook, String signingKey) {

    static IssuedWebhook of(JsonFields json) {
        return new IssuedWebhook(WebhookDetails.of(json), json.text("secret"));
    }

    /** Leaves out the secret. */
    @Override
    public String toString() {
        return "IssuedWebhook[" + webhook.id() + "]";
    }
}
