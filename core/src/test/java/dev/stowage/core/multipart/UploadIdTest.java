package dev.stowage.core.multipart;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class UploadIdTest {

    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00.123Z");

    @Test
    void next_sortsAfterEarlierMilliseconds() {
        assertThat(UploadId.next(NOW.plusMillis(1)).value())
                .isGreaterThan(UploadId.next(NOW).value());
        assertThat(UploadId.next(NOW.plusSeconds(1_000_000_000)).value())
                .isGreaterThan(UploadId.next(NOW).value());
    }

    @Test
    void next_differsWithinAMillisecond() {
        assertThat(UploadId.next(NOW)).isNotEqualTo(UploadId.next(NOW));
    }

    @Test
    void created_isTheTimeOfNext() {
        assertThat(UploadId.created(UploadId.next(NOW).value())).contains(NOW);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "upload", "../019c9a00-0123456789abcdef", "not\nan id"})
    void created_ofOtherTexts_isEmpty(String text) {
        assertThat(UploadId.created(text)).isEmpty();
    }
}
