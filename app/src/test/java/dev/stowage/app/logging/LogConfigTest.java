package dev.stowage.app.logging;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stowage.core.config.Settings;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.slf4j.event.Level;

class LogConfigTest {

    @Test
    void from_nothing_givesTheDefaults() {
        Settings settings = new Settings(Map.of());

        assertThat(LogConfig.from(settings)).isEqualTo(new LogConfig(Level.INFO, LogFormat.AUTO));
        assertThat(settings.problems()).isEmpty();
    }

    @Test
    void from_everySetting_takesEach_inAnyCase() {
        Settings settings = new Settings(Map.of("LOG_LEVEL", "DEBUG", "LOG_FORMAT", "Json"));

        assertThat(LogConfig.from(settings)).isEqualTo(new LogConfig(Level.DEBUG, LogFormat.JSON));
        assertThat(settings.problems()).isEmpty();
    }

    @Test
    void from_mistakes_notesEach() {
        Settings settings = new Settings(Map.of("LOG_LEVEL", "loud", "LOG_FORMAT", "xml"));

        LogConfig.from(settings);

        assertThat(settings.problems())
                .containsExactly(
                        "LOG_LEVEL: 'loud' is none of error, warn, info, debug, trace",
                        "LOG_FORMAT: 'xml' is none of auto, text, json");
    }
}
