package dev.stowage.webhook;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.stowage.core.event.Event;
import dev.stowage.core.event.LoggedEvent;
import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.object.ContentType;
import dev.stowage.core.object.Etag;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/** The JSON of an event, which is that of {@code GET /api/v1/events}. */
final class EventBody {

    private static final JsonFactory JSON = new JsonFactory();
    private static final List<String> DETAIL =
            List.of("upload_id", "job_id", "operation", "state", "reason", "webhook_id");

    private EventBody() {}

    static String json(LoggedEvent logged) {
        Event event = logged.event();
        StringWriter text = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(text)) {
            json.writeStartObject();
            json.writeStringField("id", Long.toString(logged.id()));
            json.writeStringField("type", event.type().id());
            json.writeStringField(
                    "timestamp", event.time().truncatedTo(ChronoUnit.SECONDS).toString());
            json.writeObjectFieldStart("data");
            write(json, "key", event.key().map(ObjectKey::value));
            json.writeFieldName("size");
            if (event.size().isPresent()) {
                json.writeNumber(event.size().getAsLong());
            } else {
                json.writeNull();
            }
            write(json, "etag", event.etag().map(Etag::value));
            write(json, "content_type", event.contentType().map(ContentType::value));
            write(json, "principal", event.origin().principal());
            write(json, "request_id", event.origin().requestId());
            for (String name : DETAIL) {
                write(json, name, Optional.ofNullable(event.detail().get(name)));
            }
            json.writeEndObject();
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("A string can be written to", e);
        }
        return text.toString();
    }

    private static void write(JsonGenerator json, String name, Optional<String> value) throws IOException {
        json.writeStringField(name, value.orElse(null));
    }
}
