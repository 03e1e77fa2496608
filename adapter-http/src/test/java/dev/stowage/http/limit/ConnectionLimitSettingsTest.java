package dev.stowage.http.limit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stowage.core.config.Settings;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class ConnectionLimitSettingsTest {

    @Test
    void byDefault_halfOfTheFilesAreConnections_andHalfOfThoseOneAddress() {
        assertThat(ConnectionLimit.from(new Settings(Map.of()), 1024)).isEqualTo(new ConnectionLimit(512, 256));
        assertThat(ConnectionLimit.from(new Settings(Map.of()), 1 << 20))
                .isEqualTo(new ConnectionLimit(20_000, 10_000));
    }

    @Test
    void behindAProxy_oneAddressHasThemAll() {
        Settings settings = new Settings(Map.of("FORWARDED_HEADERS", "true"));

        assertThat(ConnectionLimit.from(settings, 1024)).isEqualTo(new ConnectionLimit(512, 0));
        assertThat(settings.problems()).isEmpty();
    }

    @Test
    void limit_thatLeavesNoRoomForFiles_isAProblem() {
        Settings settings = new Settings(Map.of("MAX_CONNECTIONS", "600"));

        ConnectionLimit.from(settings, 1024);

        assertThat(settings.problems()).singleElement().asString().contains("MAX_CONNECTIONS", "1024", "ulimit -n");
    }

    @Test
    void limitOfAnAddress_behindAProxy_isAProblem() {
        Settings settings = new Settings(Map.of("FORWARDED_HEADERS", "true", "MAX_CONNECTIONS_PER_ADDRESS", "5"));

        ConnectionLimit.from(settings, 1024);

        assertThat(settings.problems()).singleElement().asString().contains("MAX_CONNECTIONS_PER_ADDRESS");
    }
}
