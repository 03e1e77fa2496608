package dev.stowage.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedDeque;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Streams of events, whose service answers by a script and then refuses the caller. */
@Timeout(30)
class EventWatchTest {

    private static final String REFUSED = "{\"error\": \"Unauthorized\", \"message\": \"revoked\"}";

    private final Deque<String> pages = new ConcurrentLinkedDeque<>();
    private final Deque<String> streams = new ConcurrentLinkedDeque<>();
    private final List<String> requests = Collections.synchronizedList(new ArrayList<>());
    private final List<String> told = new ArrayList<>();

    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::handle);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private void handle(HttpExchange exchange) throws IOException {
        boolean stream = "text/event-stream".equals(exchange.getRequestHeaders().getFirst("Accept"));
        requests.add((stream ? "stream " : "page ") + exchange.getRequestURI().getRawQuery());
        String body = (stream ? streams : pages).poll();
        byte[] bytes = Optional.ofNullable(body).orElse(REFUSED).getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(body == null ? 401 : 200, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private static String event(int id) {
        return "{\"id\": \"%d\", \"type\": \"file.created\", \"timestamp\": \"2025-11-30T12:00:00Z\", \"data\": {\"key\": \"k%d\", \"size\": 1, \"etag\": null}}"
                .formatted(id, id);
    }

    private static String page(String events, int next, boolean more, boolean missed) {
        return "{\"events\": [%s], \"next_after\": \"%d\", \"more\": %s, \"missed\": %s}"
                .formatted(events, next, more, missed);
    }

    private void follow(String after) {
        StowageClient client = StowageClient.builder(
                        URI.create("http://127.0.0.1:" + server.getAddress().getPort()))
                .retries(new RetryPolicy(Duration.ofSeconds(1), Duration.ofMillis(1), Duration.ofMillis(2)))
                .build();
        EventListener listener = new EventListener() {
            @Override
            public void event(EventDetails event) {
                told.add(event.id() + " " + event.key().orElse("-"));
            }

            @Override
            public void missed() {
                told.add("missed");
            }
        };
        assertThatThrownBy(() -> client.events()
                        .follow(EventSelection.ALL.below("a/").ofTypes(List.of("x", "y")), after, listener))
                .isInstanceOfSatisfying(
                        StowageException.class, e -> assertThat(e.error()).isEqualTo("Unauthorized"));
    }

    @Test
    void follow_fromNow_continuesAfterABrokenStream_atTheLastId() {
        pages.add(page("", 7, false, false));
        streams.add(": connected\n\nid: 8\nevent: file.created\ndata: " + event(8) + "\n\nid: 9\nevent: file.cr");
        pages.add(page(event(9), 9, false, false));
        streams.add(": still here\nid: 20\n\n");

        follow(RemoteEvents.NOW);

        assertThat(told).containsExactly("8 k8", "9 k9");
        assertThat(requests)
                .containsExactly(
                        "page after=now&limit=1000&types=x%2Cy&prefix=a%2F",
                        "stream after=7&types=x%2Cy&prefix=a%2F",
                        "page after=8&limit=1000&types=x%2Cy&prefix=a%2F",
                        "stream after=9&types=x%2Cy&prefix=a%2F",
                        "page after=20&limit=1000&types=x%2Cy&prefix=a%2F");
    }

    @Test
    void follow_withoutStreams_pollsPages_andTellsWhatIsMissed() {
        pages.add(page(event(5), 5, true, true));
        pages.add(page(event(6), 6, false, false));
        pages.add(page(event(7), 7, false, false));

        follow(RemoteEvents.BEGINNING);

        assertThat(told).containsExactly("missed", "5 k5", "6 k6", "7 k7");
    }

    @Test
    void missedInAStream_isTold() {
        pages.add(page("", 3, false, false));
        streams.add("event: missed\ndata: {\"missed\": true}\n\n");

        follow("3");

        assertThat(told).containsExactly("missed");
    }

    @Test
    void details_haveTheFieldsThatAreNotNull_andTheJsonAsSent() {
        EventDetails details =
                EventDetails.of(JsonFields.ofAnswer(JsonFields.parse(event(5).getBytes(StandardCharsets.UTF_8))));

        assertThat(details.data()).containsOnlyKeys("key", "size").containsEntry("size", "1");
        assertThat(details.json()).contains("\"etag\":null");
    }
}
