package dev.stowage.http.webhooks;

/** Examples in the OpenAPI document. */
final class WebhookDoc {

    static final String ID = "7f1c2a52-3f0e-4c1b-9d7e-2b1a6c5d4e3f";
    static final String URL = "https://example.com/stowage?token=4f7a";
    static final String AT = "2025-11-30T12:00:00Z";

    private WebhookDoc() {}
}
