package dev.stowage.client;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Reads server-sent events (WHATWG HTML, section 9.2.6). Used by one thread. */
final class EventStream {

    /** Bounds the memory that a server can make this client use; the events of a service have less than 2 KiB. */
    private static final int LONGEST = 1 << 20;

    private static final String BYTE_ORDER_MARK = "\uFEFF";

    private final InputStream stream;
    private Optional<String> lastId;
    private boolean begun;
    private boolean afterReturn;

    /**
     * @param stream closed by the caller
     * @param lastId the id of the last event of an earlier stream
     */
    EventStream(InputStream stream, Optional<String> lastId) {
        this.stream = new BufferedInputStream(stream);
        this.lastId = lastId;
    }

    /** @param name {@code message} where the event has none */
    record Event(String name, String data) {}

    /** Returns the id that continues the stream after the last event; empty when no event had one. */
    Optional<String> lastId() {
        return lastId;
    }

    /**
     * Returns the next event, or nothing at the end of the stream. An event that the end cuts off is dropped, as the standard demands.
     *
     * @throws IOException when the connection breaks, or the event is too long
     */
    Optional<Event> next() throws IOException {
        String name = "message";
        StringBuilder data = new StringBuilder();
        Optional<String> id = lastId;
        for (Optional<String> line = line(); line.isPresent(); line = line()) {
            if (line.get().isEmpty()) {
                lastId = id;
                if (!data.isEmpty()) {
                    return Optional.of(new Event(name, data.substring(0, data.length() - 1)));
                }
                name = "message";
                continue;
            }
            String[] pair = line.get().split(":", 2);
            String value = pair.length == 1 ? "" : pair[1].startsWith(" ") ? pair[1].substring(1) : pair[1];
            switch (pair[0]) {
                case "event" -> name = value;
                case "data" -> append(data, value);
                case "id" -> id = value.contains("\0") ? id : Optional.of(value);
                // Comments, which keep the connection alive, and fields of a later standard.
                default -> {}
            }
        }
        return Optional.empty();
    }

    private static void append(StringBuilder data, String value) throws IOException {
        if (data.length() + value.length() > LONGEST) {
            throw tooLong();
        }
        data.append(value).append('\n');
    }

    /** Returns a line without its end, which is CR, LF or both; nothing for a line that the end of the stream cuts off. */
    private Optional<String> line() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (int next = stream.read(); next >= 0; next = stream.read()) {
            boolean secondHalf = afterReturn && next == '\n';
            afterReturn = next == '\r';
            if (secondHalf) {
                continue;
            }
            if (next == '\r' || next == '\n') {
                return Optional.of(text(bytes));
            }
            if (bytes.size() == LONGEST) {
                throw tooLong();
            }
            bytes.write(next);
        }
        return Optional.empty();
    }

    private String text(ByteArrayOutputStream bytes) {
        String text = bytes.toString(StandardCharsets.UTF_8);
        boolean marked = !begun && text.startsWith(BYTE_ORDER_MARK);
        begun = true;
        return marked ? text.substring(1) : text;
    }

    private static IOException tooLong() {
        return new IOException("an event has more than " + LONGEST + " bytes");
    }
}
