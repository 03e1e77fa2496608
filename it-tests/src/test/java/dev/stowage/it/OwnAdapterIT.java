package dev.stowage.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stowage.it.example.MemoryProvider;
import dev.stowage.it.service.AdapterFolder;
import dev.stowage.it.service.Api;
import dev.stowage.it.service.Api.Paths;
import dev.stowage.it.service.Api.Reply;
import dev.stowage.it.service.ServiceProcess;
import dev.stowage.it.service.ServiceProcess.Ended;
import dev.stowage.testkit.InMemoryStorage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An adapter of a team, whose jars are put into {@code ./adapters}. */
class OwnAdapterIT {

    private static final Map<String, String> SETTINGS = Map.of("STORAGE_ADAPTER", "memory", "MEMORY_BUCKET", "mine");

    @TempDir
    Path folder;

    @Test
    void droppedInAdapter_isUsed_withItsOwnVersionsOfLibraries() throws IOException {
        AdapterFolder adapter =
                AdapterFolder.create(folder, "memory").with(MemoryProvider.class, InMemoryStorage.class);
        adapter.withFilesOf(Path.of("target/old-libraries"));
        try (ServiceProcess service = ServiceProcess.start(folder, SETTINGS, ServiceProcess.SHORT_LIVED)) {
            Api api = new Api(service.address());

            Reply stored = api.store("raw/p/a.txt", ServiceSuite.bytes(1000));

            assertThat(stored.json().path("bucket").asText()).isEqualTo("mine");
            assertThat(api.get(Paths.DOWNLOAD + "raw/p/a.txt").body()).isEqualTo(ServiceSuite.bytes(1000));
            assertThat(service.log()).contains("Jackson 2.11.0 is at work");
            Reply unsigned = api.post(Paths.PRESIGNED + "download", Map.of("key", "raw/p/a.txt"));
            assertThat(unsigned.status()).isEqualTo(501);
            assertThat(unsigned.error()).isEqualTo("NotSupported");
        }
    }

    @Test
    void brokenAdapter_failsTheStartInOneLine_andNoOtherCommand() throws IOException {
        // Without the kit, which has the class that the store is made of.
        AdapterFolder.create(folder, "memory").with(MemoryProvider.class);

        Ended serve = ServiceProcess.run(List.of("serve"), folder, SETTINGS);
        Ended keys = ServiceProcess.run(List.of("keys", "create", "--name", "ci", "--project", "p"), folder, SETTINGS);

        assertThat(serve.exitCode()).isEqualTo(1);
        assertThat(serve.log())
                .contains("the class dev.stowage.testkit.InMemoryStorage is missing; add the jar that contains it")
                .doesNotContain("\tat ");
        assertThat(keys.exitCode()).as(keys.log()).isZero();
    }

    @Test
    void invalidSettingsOfTheAdapter_areReportedWithTheOthers() throws IOException {
        AdapterFolder.create(folder, "memory").with(MemoryProvider.class, InMemoryStorage.class);

        Ended ended =
                ServiceProcess.run(List.of("serve"), folder, Map.of("STORAGE_ADAPTER", "memory", "HTTP_PORT", "none"));

        assertThat(ended.exitCode()).isEqualTo(2);
        assertThat(ended.log()).contains("MEMORY_BUCKET", "HTTP_PORT");
    }
}
