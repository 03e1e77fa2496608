package dev.stowage.app.adapter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stowage.core.config.Settings;
import dev.stowage.core.port.StorageOpener;
import dev.stowage.core.port.StorageProvider;
import dev.stowage.testkit.InMemoryStorage;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.ServiceConfigurationError;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class StorageAdaptersTest {

    private static final String ADAPTER = "STORAGE_ADAPTER";
    private static final String BUCKET = "S3_BUCKET_NAME";

    private final List<String> configured = new ArrayList<>();

    @Test
    void select_withoutSettings_usesLocal() {
        assertThat(select(Map.of()).problems()).isEmpty();
        assertThat(configured).containsExactly("local");
    }

    @Test
    void select_withABucket_usesS3() {
        assertThat(select(Map.of(BUCKET, "files")).problems()).isEmpty();
        assertThat(configured).containsExactly("s3");
    }

    @Test
    void select_byName_usesThatAdapter_withAnyBucket() {
        assertThat(select(Map.of(ADAPTER, "azure", BUCKET, "files")).problems()).isEmpty();
        assertThat(configured).containsExactly("azure");
    }

    @Test
    void select_localWithABucket_isRefused() {
        assertThat(select(Map.of(ADAPTER, "local", BUCKET, "files")).problems())
                .containsExactly("STORAGE_ADAPTER: is local, but S3_BUCKET_NAME requires s3; remove one of the two");
    }

    @Test
    void select_anUnknownName_listsTheAdapters() {
        assertThat(select(Map.of(ADAPTER, "S3")).problems())
                .containsExactly("STORAGE_ADAPTER: 'S3' is not an adapter; use one of azure, local, s3, twin");
        assertThat(configured).isEmpty();
    }

    @Test
    void select_anAmbiguousName_isRefused() {
        assertThat(select(Map.of(ADAPTER, "twin")).problems())
                .singleElement()
                .asString()
                .startsWith("STORAGE_ADAPTER: 'twin' is the name of several adapters: " + Named.class.getName());
        assertThat(configured).isEmpty();
    }

    @Test
    void find_afterAnAdapterThatFailsToLoad_findsTheOthers() {
        Settings settings = new Settings(Map.of());
        Iterator<StorageProvider> providers =
                List.<StorageProvider>of(new Named("local", configured)).iterator();
        AtomicBoolean failed = new AtomicBoolean();
        StorageAdapters adapters = StorageAdapters.of(() -> new Iterator<>() {
            @Override
            public boolean hasNext() {
                return providers.hasNext();
            }

            @Override
            public StorageProvider next() {
                if (!failed.getAndSet(true)) {
                    throw new ServiceConfigurationError("com.example.Store not found");
                }
                return providers.next();
            }
        });

        assertThat(adapters.select(settings)).isPresent();
        assertThat(configured).containsExactly("local");
        assertThat(adapters.unusable()).containsExactly("the class path: com.example.Store not found");
    }

    @Test
    void find_adaptersThatFailWithoutEnd_ends() {
        StorageAdapters adapters = StorageAdapters.of(() -> {
            return new Iterator<>() {
                @Override
                public boolean hasNext() {
                    throw new ServiceConfigurationError("can't be read");
                }

                @Override
                public StorageProvider next() {
                    throw new NoSuchElementException();
                }
            };
        });

        assertThat(adapters.unusable()).contains("the class path: can't be read");
    }

    private Settings select(Map<String, String> values) {
        Settings settings = new Settings(values);
        List<StorageProvider> providers = List.of(
                new Named("s3", configured),
                new Named("local", configured),
                new Named("azure", configured),
                new Named("twin", configured),
                new Named("twin", configured));
        boolean selected = StorageAdapters.of(providers).select(settings).isPresent();
        assertThat(selected).isEqualTo(!configured.isEmpty());
        return settings;
    }

    private record Named(String name, List<String> configured) implements StorageProvider {

        @Override
        public int portVersion() {
            return PORT_VERSION;
        }

        @Override
        public StorageOpener configure(Settings settings) {
            configured.add(name);
            return environment -> new InMemoryStorage();
        }
    }
}
