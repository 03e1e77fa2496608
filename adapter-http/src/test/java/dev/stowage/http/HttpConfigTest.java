package dev.stowage.http;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stowage.core.config.Settings;
import dev.stowage.http.console.ConsoleConfig;
import dev.stowage.http.download.Redirects;
import dev.stowage.http.limit.ConnectionLimit;
import dev.stowage.http.limit.Limits;
import dev.stowage.http.limit.TransferLimit;
import dev.stowage.http.server.Listener;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class HttpConfigTest {

    @Test
    void defaults() {
        assertThat(HttpConfig.from(new Settings(Map.of()), "1.0", "local"))
                .isEqualTo(new HttpConfig(
                        new Listener("127.0.0.1", 9090, Optional.empty(), false, Set.of(), Set.of()),
                        new Limits(
                                0,
                                0,
                                0,
                                new TransferLimit(1024, Duration.ofSeconds(2)),
                                240,
                                Duration.ofSeconds(10),
                                ConnectionLimit.from(new Settings(Map.of()))),
                        new Redirects(false, Duration.ofMinutes(1)),
                        104_857_600,
                        8_388_608,
                        Duration.ofHours(24),
                        Duration.ofSeconds(20),
                        ConsoleConfig.USUAL,
                        "1.0",
                        "local"));
    }

    @Test
    void everySetting_isRead() {
        Settings settings = new Settings(Map.ofEntries(
                entry("HTTP_HOST", "0.0.0.0"),
                entry("HTTP_PORT", "0"),
                entry("FORWARDED_HEADERS", "true"),
                entry("CORS_ALLOWED_ORIGINS", "https://a.example.com, http://localhost:3000"),
                entry("HTTP_ALLOWED_HOSTS", "Files.Example.com, 192.0.2.1, [2001:db8::1]"),
                entry("S3_MAX_FILE_SIZE", "1GiB"),
                entry("S3_MULTIPART_CHUNKSIZE", "16MiB"),
                entry("UPLOAD_TTL", "7d"),
                entry("SHUTDOWN_TIMEOUT", "5s"),
                entry("DOWNLOAD_MODE", "Redirect"),
                entry("REDIRECT_EXPIRY", "30s")));

        assertThat(HttpConfig.from(settings, "1.0", "local"))
                .isEqualTo(new HttpConfig(
                        new Listener(
                                "0.0.0.0",
                                0,
                                Optional.empty(),
                                true,
                                Set.of("https://a.example.com", "http://localhost:3000"),
                                Set.of("files.example.com", "192.0.2.1", "2001:db8::1")),
                        new Limits(
                                0,
                                0,
                                0,
                                new TransferLimit(1024, Duration.ofSeconds(2)),
                                240,
                                Duration.ofSeconds(10),
                                ConnectionLimit.from(new Settings(Map.of("FORWARDED_HEADERS", "true")))),
                        new Redirects(true, Duration.ofSeconds(30)),
                        1L << 30,
                        16L << 20,
                        Duration.ofDays(7),
                        Duration.ofSeconds(5),
                        ConsoleConfig.USUAL,
                        "1.0",
                        "local"));
        assertThat(settings.problems()).isEmpty();
    }

    @Test
    void everyMistake_isNoted() {
        Settings settings = new Settings(Map.of(
                "HTTP_PORT", "65536",
                "FORWARDED_HEADERS", "sometimes",
                "CORS_ALLOWED_ORIGINS", "https://a.example.com/path",
                "HTTP_ALLOWED_HOSTS", "https://files.example.com",
                "S3_MAX_FILE_SIZE", "0",
                "S3_MULTIPART_CHUNKSIZE", "1MiB",
                "UPLOAD_TTL", "soon",
                "DOWNLOAD_MODE", "direct",
                "SHUTDOWN_TIMEOUT", "-1s"));

        HttpConfig.from(settings, "1.0", "local");

        assertThat(settings.problems()).hasSize(9);
    }

    @Test
    void maxFileSize_hasTwoNames_thatMustNotDiffer() {
        Settings neutral = new Settings(Map.of("MAX_FILE_SIZE", "1GiB"));
        Settings same = new Settings(Map.of("MAX_FILE_SIZE", "1GiB", "S3_MAX_FILE_SIZE", "1024MiB"));
        Settings different = new Settings(Map.of("MAX_FILE_SIZE", "1GiB", "S3_MAX_FILE_SIZE", "2GiB"));

        assertThat(HttpConfig.from(neutral, "1.0", "local").maxFileSize()).isEqualTo(1L << 30);
        assertThat(HttpConfig.from(same, "1.0", "local").maxFileSize()).isEqualTo(1L << 30);
        HttpConfig.from(different, "1.0", "local");

        assertThat(neutral.problems()).isEmpty();
        assertThat(same.problems()).isEmpty();
        assertThat(different.problems())
                .containsExactly(
                        "MAX_FILE_SIZE: differs from S3_MAX_FILE_SIZE, which is another name for it; remove one of the two");
    }
}
