package dev.stowage.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stowage.core.error.StorageRejected;
import dev.stowage.core.error.StorageUnavailable;
import dev.stowage.core.port.Storage;
import dev.stowage.testkit.fault.FaultyS3;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The start-up check of the bucket. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class BucketCheckTest {

    @TempDir
    private static Path directory;

    private S3Server server;

    @BeforeAll
    void start() {
        server = S3Server.start();
    }

    @AfterAll
    void stop() {
        server.close();
    }

    @Test
    void open_withoutBucket_saysHowToCreateIt() {
        Map<String, String> settings = with("S3_BUCKET_NAME", "missing", "S3_CREATE_BUCKET", "false");

        assertThatThrownBy(() -> open(settings))
                .isInstanceOf(StorageRejected.class)
                .hasMessageContaining("missing")
                .hasMessageContaining("S3_CREATE_BUCKET=true")
                .hasMessageContaining(server.endpoint().toString());
    }

    @Test
    void open_allowedToCreateTheBucket_createsItOnce() {
        Map<String, String> settings = with("S3_BUCKET_NAME", "created", "S3_REGION", "eu-central-1");

        try (Storage first = open(settings);
                Storage second = open(Stores.with(settings, "S3_CREATE_BUCKET", "false"))) {
            first.check();
            second.check();
            assertThat(first.bucket()).isEqualTo("created");
            assertThat(first.description()).isEqualTo("s3 bucket created at " + server.endpoint());
        }
    }

    @ParameterizedTest
    @CsvSource({"S3_SECRET_ACCESS_KEY, wrong", "S3_ACCESS_KEY_ID, nobody"})
    void open_withWrongCredentials_namesTheSettings(String name, String value) {
        Map<String, String> settings = with(name, value, "S3_CREATE_BUCKET", "false");

        assertThatThrownBy(() -> open(settings))
                .isInstanceOf(StorageRejected.class)
                .hasMessageContaining("S3_ACCESS_KEY_ID and S3_SECRET_ACCESS_KEY");
    }

    @Test
    void open_ofUnreachableStore_namesTheSetting() throws IOException {
        int port;
        try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = closed.getLocalPort();
        }
        Map<String, String> settings = with("S3_ENDPOINT_URL", "http://127.0.0.1:" + port, "S3_CREATE_BUCKET", "true");

        assertThatThrownBy(() -> open(settings))
                .isInstanceOf(StorageUnavailable.class)
                .hasMessageContaining("S3_ENDPOINT_URL")
                .hasMessageContaining(":" + port);
    }

    @ParameterizedTest
    @CsvSource({"301, S3_REGION", "400, S3_REGION", "409, S3_BUCKET_NAME", "502, S3_ENDPOINT_URL"})
    void open_ofStoreThatRefuses_saysWhatToCheck(int status, String setting) {
        try (FaultyS3 faulty = new FaultyS3(server.endpoint())) {
            for (int i = 0; i < 10; i++) {
                faulty.plan(request -> true, FaultyS3.refusal(status, "Odd"));
            }

            assertThatThrownBy(() -> Stores.open(faulty.endpoint(), directory))
                    .hasMessageContaining(setting)
                    .hasMessageContaining(
                            status == 409 ? S3Server.BUCKET : faulty.endpoint().toString());
        }
    }

    private Map<String, String> with(String name, String value, String otherName, String otherValue) {
        return Stores.with(Stores.with(server.settings(), name, value), otherName, otherValue);
    }

    private static Storage open(Map<String, String> settings) {
        return Stores.open(settings, Stores.SMALL, directory);
    }
}
