package dev.stowage.http.webhooks;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.stowage.core.event.EventType;
import dev.stowage.core.event.Webhook;
import dev.stowage.core.key.KeyPrefix;
import dev.stowage.core.port.Page;
import io.javalin.openapi.OpenApiDescription;
import io.javalin.openapi.OpenApiExample;
import io.javalin.openapi.OpenApiName;
import io.javalin.openapi.OpenApiNullable;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A webhook, as clients see it. */
@OpenApiName("Webhook")
record WebhookView(
        @OpenApiExample(WebhookDoc.ID) String id,
        @OpenApiExample(WebhookDoc.URL) String url,
        @OpenApiExample("[\"file.created\"]") List<String> events,

        @OpenApiNullable
        @OpenApiDescription("Only events of files whose keys begin with this; null for all")
        @OpenApiExample("raw/demo/")
        @Nullable
        String prefix,

        @OpenApiDescription("Whether events are delivered") @OpenApiExample("true")
        boolean enabled,

        @OpenApiName("disabled_reason")
        @OpenApiNullable
        @OpenApiDescription(
                "Why the service has disabled it: failing, because every attempt of a week failed, or gone, because the receiver"
                        + " answered 410. Otherwise null")
        @OpenApiExample("failing")
        @Nullable
        String disabledReason,

        @OpenApiName("failing_since")
        @OpenApiNullable
        @OpenApiDescription("The first failure since the latest success; null while deliveries succeed")
        @OpenApiExample(WebhookDoc.AT)
        @Nullable
        Instant failingSince,

        @OpenApiName("created_at") @OpenApiExample(WebhookDoc.AT)
        Instant createdAt,

        @JsonProperty("secret")
        @OpenApiName("secret")
        @OpenApiNullable
        @OpenApiDescription(
                "With which signatures of deliveries are verified, by the libraries of Standard Webhooks. Shown only when the webhook is"
                        + " created or its secret rotated; otherwise null")
        @OpenApiExample("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")
        @Nullable
        String signingKey) {

    static WebhookView of(Webhook webhook) {
        return of(webhook, null);
    }

    /** Shows the secret, too. */
    static WebhookView withSecret(Webhook webhook) {
        return of(webhook, webhook.secret().value());
    }

    private static WebhookView of(Webhook webhook, @Nullable String secret) {
        return new WebhookView(
                webhook.id(),
                webhook.url(),
                webhook.types().stream().map(EventType::id).sorted().toList(),
                webhook.prefix().map(KeyPrefix::value).orElse(null),
                webhook.health().enabled(),
                webhook.health().reason().map(Webhook.Reason::id).orElse(null),
                webhook.health().failingSince().orElse(null),
                webhook.createdAt(),
                secret);
    }

    @OpenApiName("Webhooks")
    record WebhookList(
            List<WebhookView> webhooks,

            @OpenApiName("next_cursor")
            @OpenApiNullable
            @OpenApiDescription("Null on the last page")
            @OpenApiExample("17")
            @Nullable
            String nextCursor) {

        static WebhookList of(Page<Webhook, Long> page) {
            return new WebhookList(
                    page.items().stream().map(WebhookView::of).toList(),
                    page.next().map(String::valueOf).orElse(null));
        }
    }
}
