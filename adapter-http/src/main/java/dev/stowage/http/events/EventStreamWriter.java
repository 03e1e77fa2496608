package dev.stowage.http.events;

import dev.stowage.core.event.LoggedEvent;
import dev.stowage.core.eventlog.Events;
import dev.stowage.http.exchange.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** Writes server-sent events. For one thread. */
final class EventStreamWriter {

    private final OutputStream out;
    private final Json json;

    EventStreamWriter(OutputStream out, Json json) {
        this.out = out;
        this.json = json;
    }

    /** Begins the response, so that the client knows that it is connected; says whether events are missing. */
    void begin(Events.Page first) throws IOException {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        append(text, ": connected\n\n");
        if (first.missed()) {
            append(text, "event: missed\ndata: ");
            text.write(json.bytes(Map.of("missed", true)));
            append(text, "\n\n");
        }
        send(text);
    }

    void write(List<LoggedEvent> events) throws IOException {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        for (LoggedEvent event : events) {
            append(
                    text,
                    "id: " + event.id() + "\nevent: " + event.event().type().id() + "\ndata: ");
            text.write(json.bytes(EventView.of(event)));
            append(text, "\n\n");
        }
        send(text);
    }

    /**
     * Writes an id without an event, so that both sides notice a broken connection, and a client that reconnects does not start before
     * events that did not match its filter.
     */
    void heartbeat(long position) throws IOException {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        append(text, ": still here\nid: " + position + "\n\n");
        send(text);
    }

    private void send(ByteArrayOutputStream text) throws IOException {
        out.write(text.toByteArray());
        out.flush();
    }

    private static void append(ByteArrayOutputStream text, String part) throws IOException {
        text.write(part.getBytes(StandardCharsets.UTF_8));
    }
}
