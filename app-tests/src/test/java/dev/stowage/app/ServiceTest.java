package dev.stowage.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.stowage.app.config.AccessConfig;
import dev.stowage.app.config.AuditConfig;
import dev.stowage.app.config.Configuration;
import dev.stowage.app.config.ImportConfig;
import dev.stowage.app.config.SpoolConfig;
import dev.stowage.app.config.TelemetryConfig;
import dev.stowage.app.logging.LogConfig;
import dev.stowage.core.config.Settings;
import dev.stowage.core.key.KeyLayout;
import dev.stowage.core.quota.ProjectQuotas;
import dev.stowage.http.HttpConfig;
import dev.stowage.webhook.WebhookConfig;
import dev.stowage.worker.WorkerConfig;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class ServiceTest {

    private final RecordingStorage storage = new RecordingStorage();

    @TempDir
    private Path folder;

    @Test
    void start_createsTheDataDirectory() {
        Service service = start(Map.of("HTTP_PORT", "0"));

        assertThat(folder.resolve("new/data")).isDirectory();
        assertThat(storage.timesClosed()).isZero();
        service.close();
    }

    @Test
    void start_createsFilesAccessibleOnlyToTheirOwner() throws IOException {
        assumeTrue(Files.getFileStore(folder).supportsFileAttributeView("posix"));
        Service service = start(Map.of("HTTP_PORT", "0"));

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("new/data"))))
                .isEqualTo("rwx------");
        try (Stream<Path> files = Files.list(folder.resolve("new/data"))) {
            assertThat(files.toList())
                    .isNotEmpty()
                    .allSatisfy(file -> assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                            .as(file.toString())
                            .isEqualTo("rw-------"));
        }
        service.close();
    }

    @Test
    void close_isIdempotent() throws InterruptedException {
        Service service = start(Map.of("HTTP_PORT", "0"));

        service.close();
        service.close();

        service.awaitClosed();
        assertThat(storage.timesClosed()).isEqualTo(1);
    }

    @Test
    void failedStart_closesWhatWasOpened() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Map<String, String> settings = Map.of("HTTP_PORT", Integer.toString(taken.getLocalPort()));

            assertThatThrownBy(() -> start(settings)).isInstanceOf(StartupFailure.class);
        }
        assertThat(storage.timesClosed()).isEqualTo(1);
    }

    private Service start(Map<String, String> values) {
        Settings settings = new Settings(values);
        Configuration configuration = new Configuration(
                LogConfig.from(settings),
                new TelemetryConfig(Map.of()),
                HttpConfig.from(settings, "test", "local"),
                Optional.empty(),
                WorkerConfig.from(settings),
                WebhookConfig.from(settings),
                AccessConfig.from(settings, "127.0.0.1"),
                KeyLayout.parse("open"),
                ProjectQuotas.from(settings, KeyLayout.parse("open")),
                new AuditConfig(false, Optional.empty(), false),
                Optional.empty(),
                folder.resolve("new/data"),
                new SpoolConfig(folder.resolve("spool"), 1 << 20),
                environment -> storage,
                new ImportConfig(List.of()),
                List.of());
        return Service.serve(configuration, InstantSource.system());
    }
}
