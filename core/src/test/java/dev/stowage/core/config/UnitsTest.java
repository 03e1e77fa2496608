package dev.stowage.core.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class UnitsTest {

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "1048576, 1048576",
        "5B, 5",
        "1kB, 1000",
        "1KiB, 1024",
        "16MiB, 16777216",
        "16 mib, 16777216",
        "1GB, 1000000000",
        "5TiB, 5497558138880",
        "1TB, 1000000000000"
    })
    void size_isRead(String text, long bytes) {
        assertThat(Units.size(text)).isEqualTo(bytes);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"-1", "1.5MiB", "MiB", "1PiB", "1  MiB", "1M", "9999999999999999999", "999999999999999999TiB"})
    void invalidSize_isRejected(String text) {
        assertThatThrownBy(() -> Units.size(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @CsvSource({"250ms, 250", "0s, 0", "90s, 90000", "5m, 300000", "24h, 86400000", "7d, 604800000"})
    void duration_isRead(String text, long millis) {
        assertThat(Units.duration(text)).isEqualTo(Duration.ofMillis(millis));
    }

    @ParameterizedTest
    @ValueSource(strings = {"5", "s", "-5s", "1.5h", "5 m", "5M", "1w", "9999999999999s"})
    void invalidDuration_isRejected(String text) {
        assertThatThrownBy(() -> Units.duration(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @CsvSource({"250ms, 250ms", "90s, 90s", "2h, 2h", "48h, 2d", "7d, 7d"})
    void show_usesTheLargestFittingUnit(String text, String shown) {
        assertThat(Units.show(Units.duration(text))).isEqualTo(shown);
    }
}
