package dev.stowage.http.events;

import dev.stowage.core.event.Event;
import dev.stowage.core.event.LoggedEvent;
import dev.stowage.core.eventlog.Events;
import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.object.ContentType;
import dev.stowage.core.object.Etag;
import dev.stowage.http.route.ApiDoc;
import io.javalin.openapi.OpenApiDescription;
import io.javalin.openapi.OpenApiExample;
import io.javalin.openapi.OpenApiName;
import io.javalin.openapi.OpenApiNullable;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The JSON of an event. */
@OpenApiName("Event")
record EventView(
        @OpenApiDescription("Its number in the log; later events have larger ones") @OpenApiExample("42")
        String id,

        @OpenApiDescription(
                "file.created, file.updated, file.deleted, upload.completed, upload.expired, job.finished or"
                        + " webhook.disabled")
        @OpenApiExample("file.created")
        String type,

        @OpenApiDescription("When it happened") @OpenApiExample("2025-11-30T12:00:00Z")
        Instant timestamp,

        EventData data) {

    static EventView of(LoggedEvent logged) {
        Event event = logged.event();
        return new EventView(Long.toString(logged.id()), event.type().id(), event.time(), EventData.of(event));
    }

    /** What an event is about. */
    @OpenApiName("EventData")
    record EventData(
            @OpenApiNullable
            @OpenApiDescription("The file; null for a job and a webhook")
            @OpenApiExample(ApiDoc.KEY_EXAMPLE)
            @Nullable
            String key,

            @OpenApiNullable
            @OpenApiDescription("The file's size in bytes; null for deletions, jobs, and uploads that expired")
            @OpenApiExample("1024")
            @Nullable
            Long size,

            @OpenApiNullable @OpenApiExample("d41d8cd98f00b204e9800998ecf8427e") @Nullable
            String etag,

            @OpenApiName("content_type") @OpenApiNullable @OpenApiExample("text/plain") @Nullable
            String contentType,

            @OpenApiNullable
            @OpenApiDescription(
                    "Who made the change; for uploads and jobs, their owner. Null if unknown, or without authentication")
            @OpenApiExample("key:" + ApiDoc.API_KEY_ID_EXAMPLE)
            @Nullable
            String principal,

            @OpenApiName("request_id")
            @OpenApiNullable
            @OpenApiDescription("The X-Request-Id of the request; null for uploads, jobs and other background work")
            @OpenApiExample("0f8fad5b")
            @Nullable
            String requestId,

            @OpenApiName("upload_id") @OpenApiNullable @OpenApiExample(ApiDoc.UPLOAD_ID_EXAMPLE) @Nullable
            String uploadId,

            @OpenApiName("job_id") @OpenApiNullable @OpenApiExample(ApiDoc.JOB_ID_EXAMPLE) @Nullable
            String jobId,

            @OpenApiNullable @OpenApiDescription("The operation of a job") @OpenApiExample("copy") @Nullable
            String operation,

            @OpenApiNullable
            @OpenApiDescription("The state in which a job finished, or why a webhook was disabled")
            @OpenApiExample("succeeded")
            @Nullable
            String state,

            @OpenApiNullable
            @OpenApiDescription("Why the service deleted the file by itself: expired. Null when a client deleted it")
            @OpenApiExample("expired")
            @Nullable
            String reason,

            @OpenApiName("webhook_id")
            @OpenApiNullable
            @OpenApiDescription("The webhook that was disabled")
            @OpenApiExample("7f1c2a52")
            @Nullable
            String webhookId) {

        private static EventData of(Event event) {
            return new EventData(
                    event.key().map(ObjectKey::value).orElse(null),
                    event.size().isPresent() ? event.size().getAsLong() : null,
                    event.etag().map(Etag::value).orElse(null),
                    event.contentType().map(ContentType::value).orElse(null),
                    event.origin().principal().orElse(null),
                    event.origin().requestId().orElse(null),
                    event.detail().get("upload_id"),
                    event.detail().get("job_id"),
                    event.detail().get("operation"),
                    event.detail().get("state"),
                    event.detail().get("reason"),
                    event.detail().get("webhook_id"));
        }
    }

    /** A page of events. */
    @OpenApiName("Events")
    record EventList(
            List<EventView> events,

            @OpenApiName("next_after")
            @OpenApiDescription("The value of after for the next page, which may have no events yet")
            @OpenApiExample("42")
            String nextAfter,

            @OpenApiDescription("Whether the next page can be fetched at once; otherwise ask again later")
            @OpenApiExample("false")
            boolean more,

            @OpenApiDescription(
                    "Whether events after the given id have been deleted, because they were older than EVENT_RETENTION")
            @OpenApiExample("false")
            boolean missed) {

        static EventList of(Events.Page page) {
            return new EventList(
                    page.events().stream().map(EventView::of).toList(),
                    Long.toString(page.position()),
                    page.more(),
                    page.missed());
        }
    }
}
