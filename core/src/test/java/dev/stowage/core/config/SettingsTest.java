package dev.stowage.core.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class SettingsTest {

    @Test
    void missingOrEmptySetting_hasItsDefault() {
        for (Map<String, String> values : List.of(Map.<String, String>of(), Map.of("X", ""), Map.of("X", "  "))) {
            Settings settings = new Settings(values);

            assertThat(settings.text("X")).isEmpty();
            assertThat(settings.text("X", "fallback")).isEqualTo("fallback");
            assertThat(settings.secret("X")).isEmpty();
            assertThat(settings.flag("X", true)).isTrue();
            assertThat(settings.number("X", 7, 1, 9)).isEqualTo(7);
            assertThat(settings.size("X", 7, 1, 9)).isEqualTo(7);
            assertThat(settings.duration("X", Duration.ofSeconds(7), Duration.ZERO, Duration.ofDays(1)))
                    .isEqualTo(Duration.ofSeconds(7));
            assertThat(settings.url("X")).isEmpty();
            assertThat(settings.problems()).isEmpty();
        }
    }

    @Test
    void setting_thatIsSet_isRead() {
        Settings settings = new Settings(Map.of(
                "TEXT",
                " text ",
                "FLAG",
                "False",
                "NUMBER",
                "9",
                "SIZE",
                "16MiB",
                "TIME",
                "24h",
                "URL",
                "http://localhost:4566"));

        assertThat(settings.text("TEXT")).contains("text");
        assertThat(settings.secret("TEXT")).contains(new Secret("text"));
        assertThat(settings.flag("FLAG", true)).isFalse();
        assertThat(settings.number("NUMBER", 1, 1, 9)).isEqualTo(9);
        assertThat(settings.size("SIZE", 1, 1, 1L << 40)).isEqualTo(16L << 20);
        assertThat(settings.duration("TIME", Duration.ZERO, Duration.ZERO, Duration.ofDays(1)))
                .isEqualTo(Duration.ofDays(1));
        assertThat(settings.url("URL")).contains(URI.create("http://localhost:4566"));
        assertThat(settings.problems()).isEmpty();
    }

    @Test
    void requiredSetting_thatIsMissing_isReported() {
        Settings settings = new Settings(Map.of("HOST", "a.example", "EMPTY", ""));

        assertThat(settings.required("HOST", "name the server")).isEqualTo("a.example");
        assertThat(settings.required("USER", "name the user")).isEmpty();
        assertThat(settings.required("EMPTY", "name it")).isEmpty();
        assertThat(settings.problems())
                .containsExactly("USER: is missing; name the user", "EMPTY: is missing; name it");
    }

    @Test
    void secureUrl_isHttps_orOfThisMachine() {
        for (String url : List.of("https://a.example", "http://localhost:1", "http://127.0.0.9", "http://[::1]:1/")) {
            Settings settings = new Settings(Map.of("URL", url));

            assertThat(settings.secureUrl("URL", "why")).contains(URI.create(url));
            assertThat(settings.problems()).isEmpty();
        }
        for (String url : List.of("http://a.example", "http://localhost.a.example", "http://127.0.0.1.a.example")) {
            Settings settings = new Settings(Map.of("URL", url));
            settings.secureUrl("URL", "others read it");

            assertThat(settings.problems()).containsExactly("URL: is http; use https, because others read it");
        }
    }

    @Test
    void invalidSetting_isReported_andReplacedByItsDefault() {
        Settings settings = new Settings(Map.of(
                "FLAG", "yes", "NUMBER", "ten", "LARGE", "10", "SIZE", "much", "TIME", "1w", "LATE", "25h", "URL",
                "ftp://x"));

        assertThat(settings.flag("FLAG", true)).isTrue();
        assertThat(settings.number("NUMBER", 5, 1, 9)).isEqualTo(5);
        assertThat(settings.number("LARGE", 5, 1, 9)).isEqualTo(5);
        assertThat(settings.size("SIZE", 5, 1, 9)).isEqualTo(5);
        assertThat(settings.duration("TIME", Duration.ZERO, Duration.ZERO, Duration.ofDays(1)))
                .isZero();
        assertThat(settings.duration("LATE", Duration.ZERO, Duration.ZERO, Duration.ofDays(1)))
                .isZero();
        assertThat(settings.url("URL")).isEmpty();
        settings.problem("OTHER", "is missing");

        assertThat(settings.problems())
                .containsExactly(
                        "FLAG: 'yes' is neither true nor false",
                        "NUMBER: 'ten' is not a whole number",
                        "LARGE: '10' is not between 1 and 9",
                        "SIZE: 'much' is not a size such as 16MiB or 1048576",
                        "TIME: '1w' is not a duration such as 90s, 5m, 24h or 7d",
                        "LATE: '25h' is not between 0ms and 1d",
                        "URL: 'ftp://x' is not a URL such as http://localhost:4566",
                        "OTHER: is missing");
    }

    @Test
    void within_readsTheRestOfTheNames_andTellsTheWholeOnes() {
        Settings settings = new Settings(Map.of("A_B_TEXT", "x", "TEXT", "y", "A_B_NUMBER", "ten", "A_B_C_D", "z"));
        Settings view = settings.within("A_").within("B_");

        assertThat(view.text("TEXT")).contains("x");
        assertThat(view.text("OTHER")).isEmpty();
        assertThat(view.number("NUMBER", 5, 1, 9)).isEqualTo(5);
        assertThat(view.startingWith("C_")).containsOnlyKeys("C_D");
        assertThat(settings.problems()).containsExactly("A_B_NUMBER: 'ten' is not a whole number");
        assertThat(settings.names()).containsExactlyInAnyOrder("A_B_TEXT", "A_B_OTHER", "A_B_NUMBER");
    }

    @Test
    void secret_isNotPrinted() {
        assertThat(new Secret("hush")).hasToString("***");
        assertThat(new Settings(Map.of("KEY", "hush")).secret("KEY").toString()).doesNotContain("hush");
    }
}
