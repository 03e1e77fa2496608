package dev.stowage.app.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stowage.app.config.AccessConfig.Mode;
import dev.stowage.core.config.Settings;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class AccessConfigTest {

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "127.8.9.10", "localhost", "::1"})
    void default_onLoopback_hasNoAuthentication(String host) {
        Settings settings = new Settings(Map.of());

        assertThat(AccessConfig.from(settings, host).isGuarded()).isFalse();
        assertThat(settings.problems()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0", "::", "192.0.2.1", "no-such-host.invalid"})
    void noAuthentication_onAReachableAddress_isRefused_andNamesTheSettings(String host) {
        for (Map<String, String> values : List.of(Map.<String, String>of(), Map.of("AUTH_MODE", "none"))) {
            Settings settings = new Settings(values);
            AccessConfig unused = AccessConfig.from(settings, host);

            assertThat(settings.problems())
                    .singleElement()
                    .asString()
                    .contains("AUTH_MODE=keys", "HTTP_HOST=127.0.0.1");
        }
    }

    @Test
    void modes_canBeCombined() {
        Settings settings = new Settings(Map.of(
                "AUTH_MODE", "keys, JWT",
                "JWT_JWKS_URL", "https://issuer.example/keys",
                "JWT_ISSUER", "https://issuer.example",
                "JWT_AUDIENCE", "stowage"));

        AccessConfig config = AccessConfig.from(settings, "0.0.0.0");

        assertThat(config.modes()).isEqualTo(Set.of(Mode.KEYS, Mode.JWT));
        assertThat(config.isGuarded()).isTrue();
        assertThat(config.jwt()).isPresent();
        assertThat(settings.problems()).isEmpty();
    }

    @Test
    void shortS3Secret_isReported_withoutShowingIt() {
        Settings settings = new Settings(Map.of("S3_API_SECRET", "too-short"));
        AccessConfig unused = AccessConfig.from(settings, "127.0.0.1");

        assertThat(settings.problems())
                .singleElement()
                .asString()
                .startsWith("S3_API_SECRET:")
                .doesNotContain("too-short");
    }

    @Test
    void jwt_withoutItsSettings_namesThem() {
        Settings settings = new Settings(Map.of("AUTH_MODE", "jwt"));
        AccessConfig unused = AccessConfig.from(settings, "0.0.0.0");

        assertThat(settings.problems().toString()).contains("JWT_JWKS_URL", "JWT_ISSUER", "JWT_AUDIENCE");
    }

    @ParameterizedTest
    @ValueSource(strings = {"off", "keys,none", "keys,", "key"})
    void unknownMode_isReported_andKeepsAuthentication(String text) {
        Settings settings = new Settings(Map.of("AUTH_MODE", text));

        assertThat(AccessConfig.from(settings, "0.0.0.0").isGuarded()).isTrue();
        assertThat(settings.problems()).singleElement().asString().startsWith("AUTH_MODE:");
    }
}
