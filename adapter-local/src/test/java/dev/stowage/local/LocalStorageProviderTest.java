package dev.stowage.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stowage.core.config.Settings;
import dev.stowage.core.multipart.PartLimits;
import dev.stowage.core.port.Capability;
import dev.stowage.core.port.Storage;
import dev.stowage.core.port.StorageOpener.Environment;
import dev.stowage.core.port.StorageProvider;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Finding and opening the store. */
final class LocalStorageProviderTest {

    @TempDir
    private Path folder;

    @Test
    void serviceLoader_findsTheProvider() {
        StorageProvider provider = ServiceLoader.load(StorageProvider.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(found -> found.name().equals("local"))
                .findFirst()
                .orElseThrow();
        Settings settings = new Settings(Map.of());

        try (Storage storage = provider.configure(settings).open(new Environment(folder, InstantSource.system()))) {
            assertThat(storage.bucket()).isEqualTo("local");
            assertThat(storage.uploads().limits()).isEqualTo(PartLimits.S3);
            assertThat(storage.objects().capabilities()).containsExactlyInAnyOrder(Capability.values());
            assertThat(storage.signer()).isPresent();
            assertThat(storage.verifier()).isPresent();
            assertThat(storage.maintenance()).isPresent();
        }
        assertThat(settings.problems()).isEmpty();
    }

    @Test
    void concurrentFirstOpen_succeedsForAll() throws Exception {
        int count = 8;
        ExecutorService threads = Executors.newFixedThreadPool(count);
        CyclicBarrier start = new CyclicBarrier(count);
        List<Future<Storage>> opening = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            opening.add(threads.submit(() -> {
                start.await();
                return new DataFolder(folder).open();
            }));
        }
        for (Future<Storage> opened : opening) {
            try (Storage storage = opened.get()) {
                storage.check();
            }
        }
        threads.shutdown();
    }
}
