package dev.stowage.http;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import dev.stowage.testkit.InMemoryStorage;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

class RequestIdTest {

    private final RunningService service = RunningService.over(new InMemoryStorage());
    private final Logger access = (Logger) LoggerFactory.getLogger("access");
    private final Lines lines = new Lines();

    @BeforeEach
    void listen() {
        access.setLevel(ch.qos.logback.classic.Level.INFO);
        access.setAdditive(false);
        lines.start();
        access.addAppender(lines);
    }

    @AfterEach
    void close() {
        access.detachAppender(lines);
        service.close();
    }

    @Test
    void saneId_isTaken() {
        assertThat(idOf(service.request("/api/v1/s3/list").header("X-Request-Id", "trace-1.A_b")))
                .isEqualTo("trace-1.A_b");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a b", "<script>", "", "{\"a\":1}"})
    void otherIds_areReplaced(String proposed) {
        assertThat(idOf(service.request("/api/v1/s3/list").header("X-Request-Id", proposed)))
                .isNotEqualTo(proposed)
                .matches("[A-Za-z0-9._-]{1,128}");
    }

    @Test
    void longId_isReplaced() {
        assertThat(idOf(service.request("/api/v1/s3/list").header("X-Request-Id", "a".repeat(129))))
                .hasSizeLessThan(129);
    }

    @Test
    void accessLog_hasALineForEachRequest_withoutItsQuery() throws InterruptedException {
        String id =
                idOf(service.request("/api/v1/s3/raw/p/a?secret=1").PUT(HttpRequest.BodyPublishers.ofString("hello")));

        assertThat(lines.next())
                .containsEntry("method", "PUT")
                .containsEntry("path", "/api/v1/s3/raw/p/a")
                .containsEntry("status", "201")
                .containsEntry("bytes_in", "5")
                .containsEntry("request_id", id)
                .containsEntry("remote", "127.0.0.1")
                .containsKeys("bytes_out", "duration_ms");
    }

    @Test
    void accessLog_hasALineForWhatTheServerRefuses() throws InterruptedException {
        RawRequest.send(service.port(), "NONSENSE\r\n\r\n");

        assertThat(lines.next()).containsEntry("status", "400").containsKey("request_id");
    }

    private String idOf(HttpRequest.Builder request) {
        HttpResponse<byte[]> response = service.send(request);
        return response.headers().firstValue("X-Request-Id").orElseThrow();
    }

    private static final class Lines extends AppenderBase<ILoggingEvent> {

        private final BlockingQueue<Map<String, String>> events = new LinkedBlockingQueue<>();

        @Override
        protected void append(ILoggingEvent event) {
            events.add(event.getKeyValuePairs().stream()
                    .collect(Collectors.toMap(pair -> pair.key, pair -> String.valueOf(pair.value))));
        }

        Map<String, String> next() throws InterruptedException {
            Map<String, String> line = events.poll(10, TimeUnit.SECONDS);
            assertThat(line).isNotNull();
            return line;
        }
    }
}
