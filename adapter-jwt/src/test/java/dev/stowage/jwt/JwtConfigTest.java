package dev.stowage.jwt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stowage.core.config.Settings;
import dev.stowage.jwt.JwtConfig.ClaimNames;
import dev.stowage.jwt.JwtConfig.KeyLocation;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class JwtConfigTest {

    private static final Map<String, String> LEAST = Map.of(
            "JWT_JWKS_URL",
            "https://issuer.example/jwks",
            "JWT_ISSUER",
            "https://issuer.example/",
            "JWT_AUDIENCE",
            "files");

    @TempDir
    Path folder;

    @Test
    void from_whatIsRequiredAlone_hasTheDefaults() {
        Settings settings = new Settings(LEAST);

        assertThat(JwtConfig.from(settings))
                .isEqualTo(new JwtConfig(
                        new KeyLocation(Optional.of(URI.create("https://issuer.example/jwks")), Optional.empty()),
                        "https://issuer.example/",
                        "files",
                        Duration.ofSeconds(30),
                        new ClaimNames("stowage_projects", "stowage_prefixes", "stowage_actions")));
        assertThat(settings.problems()).isEmpty();
    }

    @Test
    void from_everySetting_takesEach() throws IOException {
        Path file = Files.writeString(folder.resolve("jwks.json"), "{}");
        Settings settings = new Settings(Map.of(
                "JWT_JWKS_FILE", file.toString(),
                "JWT_ISSUER", "https://login.example/realms/acme",
                "JWT_AUDIENCE", "https://files.example",
                "JWT_CLOCK_SKEW", "5m",
                "JWT_PROJECTS_CLAIM", "https://files.example/projects",
                "JWT_PREFIXES_CLAIM", "a.b.prefixes",
                "JWT_ACTIONS_CLAIM", "scope"));

        assertThat(JwtConfig.from(settings))
                .isEqualTo(new JwtConfig(
                        new KeyLocation(Optional.empty(), Optional.of(file)),
                        "https://login.example/realms/acme",
                        "https://files.example",
                        Duration.ofMinutes(5),
                        new ClaimNames("https://files.example/projects", "a.b.prefixes", "scope")));
        assertThat(settings.problems()).isEmpty();
    }

    @Test
    void from_nothing_asksForKeysIssuerAndAudience() {
        assertThat(problems(Map.of()))
                .satisfiesExactly(
                        keys -> assertThat(keys).startsWith("JWT_JWKS_URL: is not set, nor is JWT_JWKS_FILE"),
                        issuer -> assertThat(issuer).startsWith("JWT_ISSUER: is not set"),
                        audience -> assertThat(audience).startsWith("JWT_AUDIENCE: is not set"));
    }

    @Test
    void from_urlAndFile_asksToLeaveOneOut() throws IOException {
        Path file = Files.writeString(folder.resolve("jwks.json"), "{}");

        assertThat(problems(with("JWT_JWKS_FILE", file.toString())))
                .singleElement()
                .asString()
                .startsWith("JWT_JWKS_URL: is set, and so is JWT_JWKS_FILE");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://issuer.example",
                "HTTPS://issuer.example",
                "http://localhost:8080/jwks",
                "http://LOCALHOST/jwks",
                "http://127.0.0.1:1/",
                "http://127.1.2.3/",
                "http://[::1]:8080/jwks"
            })
    void from_aUrlThatIsSafeInTransit_isAccepted(String url) {
        assertThat(problems(with("JWT_JWKS_URL", url))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://issuer.example/jwks",
                "http://localhost.example/",
                "http://127.0.0.1.example/",
                "http://128.0.0.1/",
                "http://10.0.0.1/",
                "http://0.0.0.0/",
                "ftp://localhost/",
                "file:///etc/jwks.json",
                "https://user:hush@issuer.example/"
            })
    void from_anotherUrl_isAMistake(String url) {
        assertThat(problems(with("JWT_JWKS_URL", url)))
                .singleElement()
                .asString()
                .startsWith("JWT_JWKS_URL: ")
                .doesNotContain("hush");
    }

    @Test
    void from_aFileThatIsNotThere_isAMistake() {
        Map<String, String> values =
                with("JWT_JWKS_FILE", folder.resolve("none.json").toString());
        values.remove("JWT_JWKS_URL");

        assertThat(problems(values)).singleElement().asString().startsWith("JWT_JWKS_FILE: ");
    }

    @ParameterizedTest
    @CsvSource({"-1s", "301s", "6m", "30", "soon"})
    void from_aSkewOutsideTheBounds_isAMistake(String skew) {
        assertThat(problems(with("JWT_CLOCK_SKEW", skew)))
                .singleElement()
                .asString()
                .startsWith("JWT_CLOCK_SKEW: ");
    }

    @Test
    void from_noSkew_isTaken() {
        assertThat(JwtConfig.from(new Settings(with("JWT_CLOCK_SKEW", "0s"))).clockSkew())
                .isZero();
    }

    private static Map<String, String> with(String name, String value) {
        Map<String, String> values = new HashMap<>(LEAST);
        values.put(name, value);
        return values;
    }

    private static List<String> problems(Map<String, String> values) {
        Settings settings = new Settings(values);
        JwtConfig.from(settings);
        return settings.problems();
    }
}
