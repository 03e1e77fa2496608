package dev.stowage.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stowage.app.config.Configuration;
import dev.stowage.core.error.StorageRejected;
import dev.stowage.core.multipart.ProcessId;
import dev.stowage.worker.sqlite.WorkerDatabase;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class IntegrityTest {

    private static final int PAGE = 4096;

    @TempDir
    Path folder;

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

    @BeforeEach
    void createDatabases() {
        WorkerDatabase.open(folder.resolve("worker.db"), ProcessId.random()).close();
    }

    @Test
    void intactDatabases_areReady() {
        Integrity integrity = verified();

        assertThatCode(integrity.check().check()::run).doesNotThrowAnyException();
        assertThat(meters.get("stowage.database.damaged").gauge().value()).isZero();
    }

    @Test
    void damage_isReportedByReadiness_andTheMeters() throws IOException {
        Path file = folder.resolve("worker.db");
        byte[] bytes = Files.readAllBytes(file);
        Arrays.fill(bytes, PAGE, bytes.length, (byte) 'x');
        Files.write(file, bytes);

        Integrity integrity = verified();

        assertThatThrownBy(integrity.check().check()::run)
                .isInstanceOf(StorageRejected.class)
                .hasMessageContaining("damaged");
        assertThat(meters.get("stowage.database.damaged").gauge().value()).isEqualTo(1);
    }

    private Integrity verified() {
        Configuration configuration = Configuration.load(Map.of("DATA_DIR", folder.toString()), folder, "test");
        Integrity integrity = new Integrity(configuration);
        integrity.bind(meters);
        integrity.maintenance().work().run();
        return integrity;
    }
}
