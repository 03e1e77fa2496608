package dev.stowage.worker.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stowage.core.error.StorageException;
import dev.stowage.core.error.StorageFull;
import dev.stowage.core.error.StorageRejected;
import dev.stowage.core.error.StorageUnavailable;
import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

final class BackgroundLogTest {

    private static final Logger LOG = LoggerFactory.getLogger(BackgroundLogTest.class);
    private final CapturedLog log = new CapturedLog(BackgroundLogTest.class);

    @AfterEach
    void closeLog() {
        log.close();
    }

    static Stream<StorageException> storeFailures() {
        IOException cause = new IOException("connect\nfailed " + "x".repeat(10_000));
        return Stream.of(
                new StorageUnavailable("away", cause), new StorageRejected("refused", cause), new StorageFull(cause));
    }

    @ParameterizedTest
    @MethodSource("storeFailures")
    void storeFailure_isLoggedInOneBoundedLine(StorageException failure) {
        BackgroundLog.log(LOG.atWarn(), failure, "Counting failed; the next attempt is in {} s", 5);

        assertThat(log.stackTraces()).isZero();
        assertThat(log.lines())
                .singleElement()
                .asString()
                .startsWith("WARN Counting failed; the next attempt is in 5 s failure=\"" + failure.getMessage() + "\"")
                .contains("cause=\"IOException: connect failed xxx")
                .hasSizeLessThan(1000);
    }

    @Test
    void defect_isLoggedWithItsStackTrace() {
        BackgroundLog.log(LOG.atError(), new IllegalStateException("broken"), "Counting failed");

        assertThat(log.lines()).containsExactly("ERROR Counting failed");
        assertThat(log.stackTraces()).isEqualTo(1);
    }
}
