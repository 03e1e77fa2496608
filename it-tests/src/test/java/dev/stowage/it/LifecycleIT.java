package dev.stowage.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stowage.it.service.Api;
import dev.stowage.it.service.Api.Paths;
import dev.stowage.it.service.ServiceProcess;
import dev.stowage.it.service.ServiceProcess.Ended;
import dev.stowage.it.service.SlowUpload;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Starting, refusing to start, and stopping. */
class LifecycleIT {

    @TempDir
    Path folder;

    @Test
    void invalidSettings_areAllReported_inOneMessage() {
        Ended ended = ServiceProcess.run(
                List.of("serve"),
                folder,
                Map.of(
                        "KEY_LAYOUT", "{a}/{a}",
                        "HTTP_PORT", "99999",
                        "S3_MAX_FILE_SIZE", "huge",
                        "STORAGE_ADAPTER", "s3",
                        "S3_SECRET_ACCESS_KEY", "tell-nobody"));

        assertThat(ended.exitCode()).isEqualTo(2);
        assertThat(ended.log())
                .contains("KEY_LAYOUT", "HTTP_PORT", "S3_MAX_FILE_SIZE", "S3_BUCKET_NAME", "S3_ACCESS_KEY_ID")
                .doesNotContain("tell-nobody")
                .doesNotContain("\tat ");
    }

    @Test
    void unreachableStore_isReported_withWhatToDo() {
        Ended ended = ServiceProcess.run(
                List.of("serve"),
                folder,
                Map.of(
                        "S3_ENDPOINT_URL", "http://127.0.0.1:1",
                        "S3_BUCKET_NAME", "files",
                        "S3_ACCESS_KEY_ID", "key",
                        "S3_SECRET_ACCESS_KEY", "tell-nobody"));

        assertThat(ended.exitCode()).isEqualTo(1);
        assertThat(ended.log())
                .contains("S3_ENDPOINT_URL")
                .doesNotContain("tell-nobody")
                .doesNotContain("\tat ");
    }

    @Test
    void terminate_finishesRequests_andExitsWithZero() throws Exception {
        Map<String, String> patient = Map.of("SHUTDOWN_TIMEOUT", "20s");
        try (ServiceProcess service = ServiceProcess.start(folder, patient, ServiceProcess.SHORT_LIVED);
                SlowUpload upload = SlowUpload.begin(service.address(), "raw/p/slow.bin", 2_000)) {
            upload.send(1_000);
            service.terminate();
            // Longer than the server keeps idle connections.
            TimeUnit.MILLISECONDS.sleep(1_500);
            upload.send(1_000);

            assertThat(upload.status()).isEqualTo(201);
            assertThat(service.awaitEnd()).isZero();
        }
    }

    @Test
    void terminate_abortsRequests_afterTheTimeout() throws Exception {
        Map<String, String> impatient = Map.of("SHUTDOWN_TIMEOUT", "1s");
        try (ServiceProcess service = ServiceProcess.start(folder, impatient, ServiceProcess.SHORT_LIVED);
                SlowUpload upload = SlowUpload.begin(service.address(), "raw/p/slow.bin", 2_000)) {
            upload.send(1_000);
            service.terminate();

            assertThat(service.awaitEnd()).isZero();
        }
        try (ServiceProcess service = ServiceProcess.start(folder, Map.of(), ServiceProcess.SHORT_LIVED)) {
            assertThat(new Api(service.address())
                            .head(Paths.EXISTS + "raw/p/slow.bin")
                            .status())
                    .isEqualTo(404);
        }
    }
}
