package dev.stowage.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stowage.client.EventStream.Event;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventStreamTest {

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r", "\r\n"})
    void events_areRead_withAnyLineEnd(String end) throws IOException {
        String text = "event: a\ndata: 1\n\nid: 7\nevent:b\ndata:2\n\n".replace("\n", end);

        EventStream stream = stream(text);

        assertThat(all(stream)).containsExactly(new Event("a", "1"), new Event("b", "2"));
        assertThat(stream.lastId()).contains("7");
    }

    @Test
    void data_ofSeveralLines_isJoined_andOtherFieldsAreIgnored() throws IOException {
        assertThat(all(stream("\uFEFFdata: ü\n: still here\nretry: 5\nlater: x\ndata\ndata:  z\n\n")))
                .containsExactly(new Event("message", "ü\n\n z"));
    }

    @Test
    void commentsAndEventsWithoutData_areNoEvents() throws IOException {
        EventStream stream = stream(": still here\n\nevent: a\nid: 3\n\ndata: x\n\n");

        assertThat(all(stream)).containsExactly(new Event("message", "x"));
        assertThat(stream.lastId()).contains("3");
    }

    @Test
    void eventThatTheEndCutsOff_isDropped_withItsId() throws IOException {
        EventStream stream = stream("id: 1\ndata: a\n\nid: 2\ndata: b\n");

        assertThat(all(stream)).containsExactly(new Event("message", "a"));
        assertThat(stream.lastId()).contains("1");
    }

    @Test
    void endlessEvents_areRefused() {
        assertThatThrownBy(() -> stream("data: " + "x".repeat(1 << 21)).next()).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> stream(("data: " + "x".repeat(1 << 10) + "\n").repeat(1 << 11))
                        .next())
                .isInstanceOf(IOException.class);
    }

    private static EventStream stream(String text) {
        return new EventStream(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), Optional.empty());
    }

    private static List<Event> all(EventStream stream) throws IOException {
        List<Event> events = new ArrayList<>();
        for (Optional<Event> event = stream.next(); event.isPresent(); event = stream.next()) {
            events.add(event.get());
        }
        return events;
    }
}
