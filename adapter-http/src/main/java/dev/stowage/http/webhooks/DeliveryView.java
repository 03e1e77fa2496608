package dev.stowage.http.webhooks;

import dev.stowage.core.event.Event;
import dev.stowage.core.event.WebhookDelivery;
import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.port.Page;
import dev.stowage.http.route.ApiDoc;
import io.javalin.openapi.OpenApiDescription;
import io.javalin.openapi.OpenApiExample;
import io.javalin.openapi.OpenApiName;
import io.javalin.openapi.OpenApiNullable;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A delivery, as clients see it. */
@OpenApiName("WebhookDelivery")
record DeliveryView(
        @OpenApiDescription("The id of the event") @OpenApiExample("42")
        String number,

        @OpenApiDescription("The type of the event") @OpenApiExample("file.created")
        String type,

        @OpenApiNullable
        @OpenApiDescription("The file of the event; null for a job or a webhook")
        @OpenApiExample(ApiDoc.KEY_EXAMPLE)
        @Nullable
        String key,

        @OpenApiDescription("pending, delivered, or dead: given up after three days") @OpenApiExample("pending")
        String state,

        @OpenApiDescription("How many attempts were begun") @OpenApiExample("3")
        int attempts,

        @OpenApiName("next_at")
        @OpenApiNullable
        @OpenApiDescription(
                "The earliest time of the next attempt. Null if there is none, and while an earlier event of the file is pending")
        @OpenApiExample(WebhookDoc.AT)
        @Nullable
        Instant nextAt,

        @OpenApiNullable @OpenApiDescription("The latest attempt that ended; null if there was none") @Nullable
        Attempt last) {

    static DeliveryView of(WebhookDelivery delivery) {
        Event event = delivery.event().event();
        return new DeliveryView(
                Long.toString(delivery.event().id()),
                event.type().id(),
                event.key().map(ObjectKey::value).orElse(null),
                delivery.state().id(),
                delivery.attempts(),
                delivery.dueAt().orElse(null),
                delivery.last().map(Attempt::of).orElse(null));
    }

    /** The result of an attempt. */
    @OpenApiName("WebhookAttempt")
    record Attempt(
            @OpenApiDescription("Whether the receiver accepted the event, with a status of 2xx")
            @OpenApiExample("false")
            boolean accepted,

            @OpenApiNullable
            @OpenApiDescription("The HTTP status of the receiver; null without a response")
            @OpenApiExample("503")
            @Nullable
            Integer status,

            @OpenApiNullable
            @OpenApiDescription("What went wrong; null after a success")
            @OpenApiExample("The receiver answered 503")
            @Nullable
            String error,

            @OpenApiDescription("When it ended") @OpenApiExample(WebhookDoc.AT)
            Instant at) {

        static Attempt of(WebhookDelivery.Result result) {
            return new Attempt(
                    result.isSuccess(),
                    result.status().isPresent() ? result.status().getAsInt() : null,
                    result.error().orElse(null),
                    result.at());
        }
    }

    @OpenApiName("WebhookDeliveries")
    record DeliveryList(
            List<DeliveryView> deliveries,

            @OpenApiName("next_cursor")
            @OpenApiNullable
            @OpenApiDescription("Null on the last page")
            @OpenApiExample("17")
            @Nullable
            String nextCursor) {

        static DeliveryList of(Page<WebhookDelivery, Long> page) {
            Optional<Long> next = page.next();
            return new DeliveryList(
                    page.items().stream().map(DeliveryView::of).toList(),
                    next.map(String::valueOf).orElse(null));
        }
    }
}
