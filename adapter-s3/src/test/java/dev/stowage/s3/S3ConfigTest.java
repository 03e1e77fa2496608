package dev.stowage.s3;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stowage.core.config.Secret;
import dev.stowage.core.config.Settings;
import dev.stowage.s3.S3Config.Address;
import dev.stowage.s3.S3Config.Credentials;
import dev.stowage.s3.S3Config.UploadSizes;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class S3ConfigTest {

    @Test
    void read_ofOnlyTheBucket_usesTheDefaults() {
        Settings settings = new Settings(Map.of("S3_BUCKET_NAME", "files"));

        assertThat(S3Config.read(settings))
                .isEqualTo(new S3Config(
                        new Address(Optional.empty(), Optional.empty(), "us-east-1", false),
                        Optional.empty(),
                        "files",
                        false,
                        PayloadSigning.AUTO,
                        new UploadSizes(16_777_216, 8_388_608)));
        assertThat(settings.problems()).isEmpty();
    }

    @Test
    void read_ofEverySetting_appliesEach() {
        Settings settings = new Settings(Map.ofEntries(
                entry("S3_ENDPOINT_URL", "http://localhost:4566"),
                entry("S3_PUBLIC_ENDPOINT_URL", "https://files.example.com"),
                entry("S3_BUCKET_NAME", "my.bucket-1"),
                entry("S3_REGION", "eu-central-1"),
                entry("S3_ACCESS_KEY_ID", "id"),
                entry("S3_SECRET_ACCESS_KEY", "secret"),
                entry("S3_PATH_STYLE", "false"),
                entry("S3_CREATE_BUCKET", "true"),
                entry("S3_PAYLOAD_SIGNING", "Never"),
                entry("S3_MULTIPART_THRESHOLD", "64MiB"),
                entry("S3_MULTIPART_CHUNKSIZE", "5242880")));

        assertThat(S3Config.read(settings))
                .isEqualTo(new S3Config(
                        new Address(
                                Optional.of(URI.create("http://localhost:4566")),
                                Optional.of(URI.create("https://files.example.com")),
                                "eu-central-1",
                                false),
                        Optional.of(new Credentials("id", new Secret("secret"))),
                        "my.bucket-1",
                        true,
                        PayloadSigning.NEVER,
                        new UploadSizes(67_108_864, 5_242_880)));
        assertThat(settings.problems()).isEmpty();
    }

    @Test
    void read_withEndpoint_usesPathStyle() {
        Settings settings = new Settings(Map.of("S3_BUCKET_NAME", "files", "S3_ENDPOINT_URL", "https://s3.example"));

        assertThat(S3Config.read(settings).address().pathStyle()).isTrue();
    }

    @Test
    void read_ofNothing_requiresTheBucket() {
        Settings settings = new Settings(Map.of());

        S3Config.read(settings);

        assertThat(settings.problems()).hasSize(1).first().asString().startsWith("S3_BUCKET_NAME: is not set");
    }

    @ParameterizedTest
    @CsvSource({
        "S3_ENDPOINT_URL, localhost:4566",
        "S3_BUCKET_NAME, ab",
        "S3_BUCKET_NAME, a/b",
        "S3_PATH_STYLE, yes",
        "S3_CREATE_BUCKET, 1",
        "S3_PAYLOAD_SIGNING, sometimes",
        "S3_MULTIPART_THRESHOLD, 5242879",
        "S3_MULTIPART_THRESHOLD, 6GiB",
        "S3_MULTIPART_CHUNKSIZE, 1MiB",
        "S3_MULTIPART_CHUNKSIZE, 6GiB",
        "S3_MULTIPART_CHUNKSIZE, big",
    })
    void read_ofWrongValue_namesTheSetting(String name, String value) {
        Settings settings = new Settings(Stores.with(Map.of("S3_BUCKET_NAME", "files"), name, value));

        S3Config.read(settings);

        assertThat(settings.problems()).hasSize(1).first().asString().startsWith(name + ": ");
    }

    @ParameterizedTest
    @CsvSource({"S3_ACCESS_KEY_ID, S3_SECRET_ACCESS_KEY", "S3_SECRET_ACCESS_KEY, S3_ACCESS_KEY_ID"})
    void read_ofHalfTheCredentials_namesTheOtherHalf(String there, String missing) {
        Settings settings = new Settings(Map.of("S3_BUCKET_NAME", "files", there, "hidden"));

        S3Config.read(settings);

        assertThat(settings.problems()).hasSize(1).first().asString().startsWith(missing + ": ");
    }

    @Test
    void read_ofInvalidSettings_reportsAll() {
        Settings settings =
                new Settings(Map.of("S3_PATH_STYLE", "yes", "S3_PAYLOAD_SIGNING", "x", "S3_MULTIPART_CHUNKSIZE", "1"));

        S3Config.read(settings);

        assertThat(settings.problems()).hasSize(4);
    }

    @Test
    void config_neverShowsTheSecret() {
        S3Config config = S3Config.read(new Settings(
                Map.of("S3_BUCKET_NAME", "files", "S3_ACCESS_KEY_ID", "id", "S3_SECRET_ACCESS_KEY", "hush")));

        assertThat(config.toString()).doesNotContain("hush");
    }

    @Test
    void provider_isFoundByTheServiceLoader() {
        assertThat(ServiceLoader.load(dev.stowage.core.port.StorageProvider.class))
                .anyMatch(provider -> provider.name().equals("s3"));
    }
}
