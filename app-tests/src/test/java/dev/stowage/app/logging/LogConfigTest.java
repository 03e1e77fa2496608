package dev.stowage.app.logging;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stowage.core.config.Settings;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.slf4j.event.Level;

class LogConfigTest {

    @Test
    void from_nothing_usesTheDefaults() {
        Settings settings = new Settings(Map.of());

        assertThat(LogConfig.from(settings)).isEqualTo(new LogConfig(Level.INFO, LogFormat.AUTO));
        assertThat(settings.problems()).isEmpty();
    }

    @Test
    void from_everySetting_ignoresCase() {
        Settings settings = new Settings(Map.of("LOG_LEVEL", "DEBUG", "LOG_FORMAT", "Json"));

        assertThat(LogConfig.from(settings)).isEqualTo(new LogConfig(Level.DEBUG, LogFormat.JSON));
        assertThat(settings.problems()).isEmpty();
    }

    @Test
    void from_invalidSettings_reportsEach() {
        Settings settings = new Settings(Map.of("LOG_LEVEL", "loud", "LOG_FORMAT", "xml"));

        LogConfig.from(settings);

        assertThat(settings.problems())
                .containsExactly(
                        "LOG_LEVEL: 'loud' is not error, warn, info, debug or trace",
                        "LOG_FORMAT: 'xml' is not auto, text or json");
    }
}
