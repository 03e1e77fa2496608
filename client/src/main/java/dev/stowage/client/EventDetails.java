package dev.stowage.client;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Something that has happened to a file, an upload or a job.
 *
 * @param id its number in the log; later events have larger ones
 * @param type such as {@code file.created}; a later version of the service may have types that are not known yet
 * @param data the fields that the event has, such as {@code key}, {@code size}, {@code etag} and {@code principal}; numbers as text
 * @param json the event as the service sent it
 */
public record EventDetails(String id, String type, Instant timestamp, Map<String, String> data, String json) {

    /** The map is copied. */
    public EventDetails {
        data = Map.copyOf(data);
    }

    static EventDetails of(JsonFields json) {
        Map<String, String> data = new LinkedHashMap<>();
        json.values("data").forEach((name, value) -> data.put(name, value.toString()));
        return new EventDetails(
                json.text("id"),
                json.text("type"),
                json.time("timestamp"),
                data,
                json.node().toString());
    }

    /** Returns the key of the file; empty for a job or a webhook. */
    public Optional<String> key() {
        return Optional.ofNullable(data.get("key"));
    }
}
