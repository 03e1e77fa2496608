package dev.stowage.http.limit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stowage.core.config.Settings;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LimitsTest {

    @Test
    void defaults() {
        assertThat(Limits.from(new Settings(Map.of())))
                .isEqualTo(new Limits(
                        0,
                        0,
                        0,
                        new TransferLimit(1024, Duration.ofSeconds(2)),
                        240,
                        Duration.ofSeconds(10),
                        ConnectionLimit.from(new Settings(Map.of()))));
    }

    @Test
    void everySetting_isRead() {
        Settings settings = new Settings(Map.of(
                "RATE_LIMIT", "50",
                "RATE_LIMIT_BURST", "70",
                "MAX_CONCURRENT_UPLOADS", "4",
                "MAX_TRANSFERS", "1536",
                "TRANSFER_WAIT", "0s",
                "MIN_TRANSFER_RATE", "2KiB",
                "HEADER_TIMEOUT", "5s"));

        assertThat(Limits.from(settings))
                .isEqualTo(new Limits(
                        50,
                        70,
                        4,
                        new TransferLimit(1536, Duration.ZERO),
                        2048,
                        Duration.ofSeconds(5),
                        ConnectionLimit.from(new Settings(Map.of()))));
        assertThat(settings.problems()).isEmpty();
    }

    @Test
    void burst_isTwiceTheRate_whenNotSet() {
        assertThat(Limits.from(new Settings(Map.of("RATE_LIMIT", "1"))).requestBurst())
                .isEqualTo(2);
        assertThat(Limits.from(new Settings(Map.of("RATE_LIMIT", "0"))).requestBurst())
                .isZero();
    }

    @Test
    void everyMistake_isNoted() {
        Settings settings = new Settings(Map.of(
                "RATE_LIMIT", "-1",
                "RATE_LIMIT_BURST", "0",
                "MAX_CONCURRENT_UPLOADS", "many",
                "MAX_TRANSFERS", "1537",
                "TRANSFER_WAIT", "61s",
                "MIN_TRANSFER_RATE", "-1",
                "HEADER_TIMEOUT", "0s"));

        Limits.from(settings);

        assertThat(settings.problems()).hasSize(7);
    }

    @Test
    void burstWithoutARate_isAMistake() {
        Settings settings = new Settings(Map.of("RATE_LIMIT_BURST", "10"));

        Limits.from(settings);

        assertThat(settings.problems())
                .singleElement()
                .asString()
                .startsWith("RATE_LIMIT_BURST: ")
                .contains(" RATE_LIMIT;");
    }
}
