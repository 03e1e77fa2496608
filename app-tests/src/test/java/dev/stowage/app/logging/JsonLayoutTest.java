package dev.stowage.app.logging;

import static dev.stowage.app.logging.Events.event;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.slf4j.event.KeyValuePair;

class JsonLayoutTest {

    private final JsonLayout layout = new JsonLayout();

    @Test
    void line_isOneFlatObject() {
        String line = layout.doLayout(event(
                "request",
                Map.of("request_id", "r1"),
                null,
                new KeyValuePair("status", 200),
                new KeyValuePair("bytes", 5L << 30),
                new KeyValuePair("path", "/a b"),
                new KeyValuePair("signed", true),
                new KeyValuePair("nothing", null)));

        assertThat(line)
                .isEqualTo(
                        "{\"time\":\"2025-01-01T12:00:00.123Z\",\"level\":\"INFO\",\"logger\":\"dev.stowage.Example\","
                                + "\"thread\":\"worker-1\",\"message\":\"request\",\"request_id\":\"r1\",\"status\":200,"
                                + "\"bytes\":5368709120,\"path\":\"/a b\",\"signed\":true,\"nothing\":null}\n");
    }

    @Test
    void anyText_staysOneLine_andRoundTrips() throws IOException {
        String nasty = "\"quoted\" \\ \n\r\t\u0000\u001b[31m \u2028 ä€😀 </script>";

        String line = layout.doLayout(event(nasty, Map.of("carried", nasty), null, new KeyValuePair("na\"me", nasty)));

        assertThat(line.strip().lines()).hasSize(1);
        JsonNode json = new ObjectMapper().readTree(line);
        assertThat(json.get("message").textValue()).isEqualTo(nasty);
        assertThat(json.get("carried").textValue()).isEqualTo(nasty);
        assertThat(json.get("na\"me").textValue()).isEqualTo(nasty);
    }

    @Test
    void duplicateField_isWrittenOnce() throws IOException {
        String line = layout.doLayout(event(
                "hello",
                Map.of("request_id", "r1"),
                null,
                new KeyValuePair("request_id", "r2"),
                new KeyValuePair("message", "forged")));

        JsonNode json = new ObjectMapper().readTree(line);
        assertThat(json.get("request_id").textValue()).isEqualTo("r1");
        assertThat(json.get("message").textValue()).isEqualTo("hello");
        assertThat(line).containsOnlyOnce("request_id").containsOnlyOnce("\"message\"");
    }

    @Test
    void failure_isLoggedWithItsCauses() throws IOException {
        String line = layout.doLayout(
                event("failed", Map.of(), new IllegalStateException("outer", new IOException("inner"))));

        assertThat(new ObjectMapper().readTree(line).get("stack_trace").textValue())
                .contains("IllegalStateException: outer", "Caused by: java.io.IOException: inner");
    }

    @Test
    void longValues_areTruncated_byTheirEncodedSize() throws IOException {
        String line = layout.doLayout(event(
                "m".repeat(100_000),
                Map.of(),
                null,
                new KeyValuePair("path", "/" + "a".repeat(20_000)),
                new KeyValuePair("key", "\u0001".repeat(1024)),
                new KeyValuePair("name", "😀".repeat(600)),
                new KeyValuePair("longest", "k".repeat(1024))));

        JsonNode json = new ObjectMapper().readTree(line);
        assertThat(line.length()).isLessThan(9 << 10);
        assertThat(json.get("path").textValue()).hasSize(1025).endsWith("a…");
        assertThat(json.get("key").textValue()).hasSize(171).endsWith("\u0001…");
        assertThat(json.get("name").textValue()).isEqualTo("😀".repeat(256) + "…");
        assertThat(json.get("longest").textValue()).isEqualTo("k".repeat(1024));
    }
}
