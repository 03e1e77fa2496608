package dev.stowage.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stowage.core.config.Secret;
import dev.stowage.core.config.Settings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PostgresConfigTest {

    @Test
    void from_nothing_isEmpty() {
        Settings settings = new Settings(Map.of());

        assertThat(PostgresConfig.from(settings)).isEmpty();
        assertThat(settings.problems()).isEmpty();
        assertThat(settings.names())
                .containsExactlyInAnyOrder("DATABASE_URL", "DATABASE_USER", "DATABASE_PASSWORD", "DATABASE_POOL_SIZE");
    }

    @Test
    void from_url_hasUserAndPassword() {
        PostgresConfig config = valid(Map.of("DATABASE_URL", "postgresql://sto%40wage:p%2F+%25@db.example.com/files"));

        assertThat(config.hosts()).isEqualTo("db.example.com:5432");
        assertThat(config.database()).isEqualTo("files");
        assertThat(config.user()).isEqualTo("sto@wage");
        assertThat(config.password()).contains(new Secret("p/+%"));
        assertThat(config.poolSize()).isEqualTo(10);
        assertThat(config.toString()).doesNotContain("p/+%");
    }

    @Test
    void from_passwordWithAt_isCutAtTheLastOne() {
        PostgresConfig config = valid(Map.of("DATABASE_URL", "postgres://u:a@b:c@db/files"));

        assertThat(config.password()).contains(new Secret("a@b:c"));
        assertThat(config.hosts()).isEqualTo("db:5432");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"target_session_attrs=read-write", "target_session_attrs=primary", "targetServerType=primary"})
    void from_severalHosts_keepsThemAll_andNeedsNoParameterForThePrimary(String parameter) {
        PostgresConfig config = valid(
                Map.of("DATABASE_URL", "postgresql://a,b:5433,[::1]:5434/files?" + parameter, "DATABASE_USER", "u"));

        assertThat(config.hosts()).isEqualTo("a:5432,b:5433,[::1]:5434");
        assertThat(config.parameters()).isEmpty();
    }

    @Test
    void from_userAndPasswordApart_areTaken() {
        PostgresConfig config = valid(Map.of(
                "DATABASE_URL", "postgresql://db/files",
                "DATABASE_USER", "u",
                "DATABASE_PASSWORD", "p",
                "DATABASE_POOL_SIZE", "20"));

        assertThat(config.user()).isEqualTo("u");
        assertThat(config.password()).contains(new Secret("p"));
        assertThat(config.poolSize()).isEqualTo(20);
    }

    @Test
    void from_tlsParameters_passThrough(@TempDir Path folder) throws Exception {
        Path roots = Files.createFile(folder.resolve("roots.pem"));

        PostgresConfig config = valid(Map.of(
                "DATABASE_URL",
                "postgresql://u@db/files?sslmode=verify-full&sslrootcert=" + roots + "&channel_binding=require"
                        + "&application_name=node%201"));

        assertThat(config.parameters())
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "sslmode", "verify-full",
                        "sslrootcert", roots.toString(),
                        "channelBinding", "require",
                        "ApplicationName", "node 1"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "mysql://u:topsecret@db/files | DATABASE_URL: is not a URL such as",
                "postgresql://u:topsecret/x@db/files | DATABASE_URL: is not a URL such as",
                "postgresql://u:topsecret#x@db/files | DATABASE_URL: is not a URL such as",
                "postgresql://u:topsecret@db | DATABASE_URL: is not a URL such as",
                "postgresql://u:topsecret@/files | DATABASE_URL: names no host",
                "postgresql://u:topsecret@db:0/files | DATABASE_URL: has a port that is not between",
                "postgresql://u:topsecret@db:99999/files | DATABASE_URL: has a port that is not between",
                "postgresql://u:topsecret%zz@db/files | DATABASE_URL: the password has a % that begins no escape",
                "postgresql://u:topsecret%00@db/files | DATABASE_URL: the password contains a NUL",
                "postgresql://u:topsecret@db/files?sslmode=on | DATABASE_URL: has an sslmode that is not one of allow, disable",
                "postgresql://u:topsecret@db/files?ssl=true | DATABASE_URL: has a parameter that is not one of application_name",
                "postgresql://u:topsecret@db/files?prepareThreshold=no | DATABASE_URL: has a prepareThreshold that is not a whole",
                "postgresql://u:topsecret@db/files?sslmode | DATABASE_URL: has a parameter that is not one of application_name",
                "postgresql://u:topsecret@db/files?sslmode=require&sslmode=allow | DATABASE_URL: has the parameter sslmode twice",
                "postgresql://u:topsecret@db/files?target_session_attrs=any | DATABASE_URL: has target_session_attrs other than",
                "postgresql://u:topsecret@db/files?targetServerType=any | DATABASE_URL: has targetServerType other than",
                "postgresql://u:topsecret@db/files?sslrootcert=/none/at/all | DATABASE_URL: has sslrootcert with a file that is missing",
                "postgresql://db/files | DATABASE_USER: is not set, and DATABASE_URL has no user name"
            })
    void from_malformedUrl_isAProblem_thatShowsNoPassword(String url, String problem) {
        Settings settings = new Settings(Map.of("DATABASE_URL", url));

        assertThat(PostgresConfig.from(settings)).isEmpty();
        assertThat(settings.problems())
                .singleElement()
                .asString()
                .startsWith(problem)
                .doesNotContain("topsecret");
    }

    @ParameterizedTest
    @CsvSource({
        "DATABASE_USER, v, 'DATABASE_USER: is set, but DATABASE_URL has a user name; set one of them'",
        "DATABASE_PASSWORD, q, 'DATABASE_PASSWORD: is set, but DATABASE_URL has a password; set one of them'",
        "DATABASE_POOL_SIZE, 1, DATABASE_POOL_SIZE: '1' is not between 2 and 200"
    })
    void from_contradiction_isAProblem(String name, String value, String problem) {
        Settings settings = new Settings(Map.of("DATABASE_URL", "postgresql://u:p@db/files", name, value));

        PostgresConfig.from(settings);

        assertThat(settings.problems()).containsExactly(problem);
    }

    @Test
    void from_userWithoutUrl_isAProblem() {
        Settings settings = new Settings(new HashMap<>(Map.of("DATABASE_USER", "u", "DATABASE_PASSWORD", "p")));

        assertThat(PostgresConfig.from(settings)).isEmpty();
        assertThat(settings.problems())
                .containsExactly(
                        "DATABASE_USER: is set, but DATABASE_URL is not",
                        "DATABASE_PASSWORD: is set, but DATABASE_URL is not");
    }

    private static PostgresConfig valid(Map<String, String> values) {
        Settings settings = new Settings(values);
        PostgresConfig config = PostgresConfig.from(settings).orElse(null);
        assertThat(settings.problems()).isEmpty();
        assertThat(config).isNotNull();
        return config;
    }
}
