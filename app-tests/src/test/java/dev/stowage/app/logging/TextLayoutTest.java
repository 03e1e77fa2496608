package dev.stowage.app.logging;

import static dev.stowage.app.logging.Events.event;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Layout;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.event.KeyValuePair;

class TextLayoutTest {

    private final Layout<ILoggingEvent> layout = Logging.text();

    @BeforeEach
    void start() {
        layout.setContext(new LoggerContext());
        layout.start();
    }

    @Test
    void line_hasMessage_pairs_andContext() {
        String line =
                layout.doLayout(event("request", Map.of("request_id", "r1"), null, new KeyValuePair("status", 200)));

        assertThat(line)
                .matches("\\d\\d:\\d\\d:00\\.123 INFO  dev\\.stowage\\.Example +request status=200 request_id=r1\n");
    }

    @Test
    void line_withoutPairs_hasNoTrailingBlanks() {
        assertThat(layout.doLayout(event("plain", Map.of(), null))).endsWith(" plain\n");
    }

    @Test
    void line_withControlCharacters_staysOneLine_andDoesNotReachTheTerminal() {
        String line = layout.doLayout(
                event("a\n12:00:00 INFO forged\u001b[2J", Map.of(), null, new KeyValuePair("path", "x\r\ny")));

        assertThat(line).endsWith(" a 12:00:00 INFO forged [2J path=x y\n");
    }

    @Test
    void longLine_isTruncated() {
        String line = layout.doLayout(event("x".repeat(100_000), Map.of(), null));

        assertThat(line).hasSizeLessThan(4300).endsWith("x\n");
    }
}
