package dev.stowage.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stowage.it.example.MemoryProvider;
import dev.stowage.it.service.Api;
import dev.stowage.it.service.Api.Paths;
import dev.stowage.it.service.Api.Reply;
import dev.stowage.it.service.ServiceProcess;
import dev.stowage.it.service.ServiceProcess.Ended;
import dev.stowage.testkit.InMemoryStorage;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The steps of {@code docs/writing-an-adapter.md}: a jar on the class path runs the service on a custom store. */
class OwnAdapterIT {

    private static final List<Class<?>> JARS = List.of(MemoryProvider.class, InMemoryStorage.class);

    @TempDir
    Path folder;

    @Test
    void adapterOnTheClassPath_isUsed() {
        Map<String, String> settings = Map.of("STORAGE_ADAPTER", "memory", "MEMORY_BUCKET", "mine");
        try (ServiceProcess service = ServiceProcess.startWith(JARS, folder, settings)) {
            Api api = new Api(service.address());

            Reply stored = api.store("raw/p/a.txt", ServiceSuite.bytes(1000));

            assertThat(stored.json().path("bucket").asText()).isEqualTo("mine");
            assertThat(api.get(Paths.DOWNLOAD + "raw/p/a.txt").body()).isEqualTo(ServiceSuite.bytes(1000));
        }
    }

    @Test
    void storeWithoutSignedUrls_isNotSupported() {
        Map<String, String> settings = Map.of("STORAGE_ADAPTER", "memory", "MEMORY_BUCKET", "mine");
        try (ServiceProcess service = ServiceProcess.startWith(JARS, folder, settings)) {
            Reply reply = new Api(service.address()).post(Paths.PRESIGNED + "download", Map.of("key", "raw/p/a.txt"));

            assertThat(reply.status()).isEqualTo(501);
            assertThat(reply.error()).isEqualTo("NotSupported");
        }
    }

    @Test
    void invalidSettingsOfTheAdapter_areReportedWithTheOthers() {
        Ended ended = ServiceProcess.runToEnd(JARS, folder, Map.of("STORAGE_ADAPTER", "memory", "HTTP_PORT", "none"));

        assertThat(ended.exitCode()).isEqualTo(2);
        assertThat(ended.log()).contains("MEMORY_BUCKET", "HTTP_PORT");
    }

    @Test
    void unknownName_listsTheAdapters() {
        Ended ended = ServiceProcess.runToEnd(JARS, folder, Map.of("STORAGE_ADAPTER", "tape"));

        assertThat(ended.exitCode()).isEqualTo(2);
        assertThat(ended.log()).contains("local", "s3", "memory");
    }
}
