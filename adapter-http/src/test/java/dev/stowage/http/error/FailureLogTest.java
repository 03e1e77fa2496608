package dev.stowage.http.error;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.stowage.core.error.StorageFull;
import dev.stowage.core.error.StorageRejected;
import dev.stowage.core.error.StorageUnavailable;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

final class FailureLogTest {

    private final Logger logger = (Logger) LoggerFactory.getLogger(FailureLog.class);
    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
    private long now = 7;
    private final FailureLog failures = new FailureLog(() -> now);

    @BeforeEach
    void listen() {
        lines.start();
        logger.setAdditive(false);
        logger.addAppender(lines);
    }

    @AfterEach
    void stopListening() {
        logger.detachAppender(lines);
    }

    @Test
    void failures_ofOneKind_getALineInTenSeconds_withTheNumberOfTheOthers() {
        for (int i = 0; i < 100; i++) {
            log(new StorageFull(new IOException("no space")));
        }
        log(new StorageUnavailable("away", null));
        now += Duration.ofSeconds(10).toNanos();
        log(new StorageFull(new IOException("no space")));

        assertThat(lines.list)
                .extracting(line -> line.getFormattedMessage() + " " + value(line, "omitted"))
                .containsExactly(
                        "PUT /x failed: The store has no space left 0",
                        "PUT /x failed: away 0",
                        "PUT /x failed: The store has no space left 99");
    }

    @Test
    void aLine_hasTheCausesWithoutTheirStackTraces_andIsBounded() {
        IOException deepest = new IOException("a\nb " + "c".repeat(10_000));
        log(new StorageFull(new IllegalStateException("commit", deepest)));

        ILoggingEvent line = lines.list.get(0);
        assertThat(line.getThrowableProxy()).isNull();
        assertThat(value(line, "cause"))
                .startsWith("IllegalStateException: commit; IOException: a b ccc")
                .hasSizeLessThanOrEqualTo(512);
    }

    @Test
    void aDefect_keepsItsStackTrace_eachTime() {
        log(new IllegalStateException("broken"));
        log(new IllegalStateException("broken"));

        assertThat(lines.list).hasSize(2).allMatch(line -> line.getThrowableProxy() != null);
    }

    @Test
    void aStoreThatRefuses_getsOneLineWithoutAStackTrace() {
        log(new StorageRejected("refused", new IOException("AccessDenied")));
        log(new StorageRejected("refused", new IOException("AccessDenied")));

        assertThat(lines.list).singleElement().satisfies(line -> {
            assertThat(line.getThrowableProxy()).isNull();
            assertThat(value(line, "cause")).isEqualTo("IOException: AccessDenied");
        });
    }

    private void log(Exception failure) {
        failures.log(new ErrorMapper().map(failure), failure, () -> "PUT /x", "/x/a");
    }

    private static String value(ILoggingEvent line, String name) {
        return line.getKeyValuePairs().stream()
                .filter(pair -> pair.key.equals(name))
                .map(pair -> String.valueOf(pair.value))
                .findFirst()
                .orElse("");
    }
}
