package dev.stowage.http.webhooks;

import dev.stowage.core.error.ErrorCode;
import dev.stowage.core.error.InvalidInput;
import dev.stowage.core.event.EventType;
import dev.stowage.core.key.KeyPrefix;
import dev.stowage.core.webhook.Webhooks;
import dev.stowage.http.exchange.Json;
import io.javalin.openapi.OpenApiDescription;
import io.javalin.openapi.OpenApiExample;
import io.javalin.openapi.OpenApiIgnore;
import io.javalin.openapi.OpenApiName;
import io.javalin.openapi.OpenApiNullable;
import io.javalin.openapi.OpenApiRequired;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The JSON of a new webhook. */
@OpenApiName("WebhookRequest")
record WebhookRequest(
        @OpenApiRequired
        @OpenApiDescription(
                "Where events are sent by POST: https or http, without user name and fragment, at a public address or one that the"
                        + " operator allows")
        @OpenApiExample(WebhookDoc.URL)
        @Nullable
        String url,

        @OpenApiRequired
        @OpenApiDescription(
                "The types of events, at least one: file.created, file.updated, file.deleted, upload.completed,"
                        + " upload.expired, job.finished or webhook.disabled")
        @OpenApiExample("[\"file.created\"]")
        @Nullable
        List<String> events,

        @OpenApiDescription(
                "Only events of files whose keys begin with this; by default all, also those without a file")
        @OpenApiExample("raw/demo/")
        @Nullable
        String prefix) {

    @OpenApiIgnore
    String requiredUrl() {
        return Json.required("url", url);
    }

    @OpenApiIgnore
    Set<EventType> types() {
        return types(Json.required("events", events));
    }

    @OpenApiIgnore
    Optional<KeyPrefix> keyPrefix() {
        return Optional.ofNullable(prefix).map(KeyPrefix::new);
    }

    private static Set<EventType> types(List<String> names) {
        return names.stream()
                .map(name -> Optional.ofNullable(name).flatMap(EventType::named).orElseThrow(() -> unknown(name)))
                .collect(Collectors.toSet());
    }

    private static InvalidInput unknown(@Nullable String name) {
        String known = Stream.of(EventType.values())
                .map(EventType::id)
                .filter(id -> EventType.named(id).isPresent())
                .collect(Collectors.joining(", "));
        return InvalidInput.ofField("events", "There is no type '" + name + "'; the types of events are " + known);
    }

    /** The JSON of a rotation. */
    @OpenApiName("RotateWebhook")
    record Rotate(
            @OpenApiNullable
            @OpenApiDescription(
                    "Seconds that deliveries are signed with the current secret, too, at most 31536000; without it, 0")
            @OpenApiExample("86400")
            @Nullable
            Long overlap) {

        /** The request without a body. */
        static final Rotate AT_ONCE = new Rotate(null);

        @OpenApiIgnore
        Duration duration() {
            return overlap == null ? Duration.ZERO : Duration.ofSeconds(overlap);
        }
    }

    /** The JSON of a change. */
    @OpenApiName("WebhookPatch")
    record Patch(
            @OpenApiDescription("Where events are sent from now on") @OpenApiExample(WebhookDoc.URL) @Nullable
            String url,

            @OpenApiDescription("The types of events from now on") @OpenApiExample("[\"file.created\"]") @Nullable
            List<String> events,

            @OpenApiDescription("Only events of files whose keys begin with this; empty for all")
            @OpenApiExample("raw/demo/")
            @Nullable
            String prefix,

            @OpenApiDescription("Whether events are delivered; those that are recorded while it is false are not")
            @OpenApiExample("true")
            @Nullable
            Boolean enabled) {

        @OpenApiIgnore
        Webhooks.Change change() {
            if (url == null && events == null && prefix == null && enabled == null) {
                throw new InvalidInput(
                        ErrorCode.INVALID_REQUEST, "Name at least one of url, events, prefix and enabled");
            }
            return new Webhooks.Change(
                    Optional.ofNullable(url),
                    Optional.ofNullable(events).map(WebhookRequest::types),
                    Optional.ofNullable(prefix).map(KeyPrefix::new),
                    Optional.ofNullable(enabled));
        }
    }
}
