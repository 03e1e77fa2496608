package dev.stowage.app.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stowage.core.config.Settings;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsUrlTest {

    private static final String URL = "S3_ENDPOINT_URL";

    @ParameterizedTest
    @CsvSource({
        "http://admin:hunter2@localhost:4566, http://***@localhost:4566",
        "https://hunter2@store.example, https://***@store.example",
        "http://admin:hunter2@hunter2@localhost, http://***@localhost",
        "http://admin:hunter2 hunter2@localhost, http://***@localhost",
        "admin:hunter2@localhost:4566, ***@localhost:4566",
    })
    void url_withUser_isRefused_andThePasswordNotShown(String text, String shown) {
        Settings settings = new Settings(Map.of(URL, text));

        assertThat(settings.url(URL)).isEmpty();
        assertThat(settings.problems()).singleElement().asString().startsWith(URL + ": '" + shown + "' ");
    }

    @Test
    void url_withUser_saysThatTheUserIsWrong() {
        Settings settings = new Settings(Map.of(URL, "http://admin:hunter2@localhost:4566"));

        settings.url(URL);

        assertThat(settings.problems())
                .containsExactly(
                        "S3_ENDPOINT_URL: 'http://***@localhost:4566' contains a user name, which this URL must not have");
    }

    @Test
    void url_withAtInThePath_isAccepted() {
        Settings settings = new Settings(Map.of(URL, "http://localhost:4566/@team"));

        assertThat(settings.url(URL)).hasToString("Optional[http://localhost:4566/@team]");
        assertThat(settings.problems()).isEmpty();
    }
}
