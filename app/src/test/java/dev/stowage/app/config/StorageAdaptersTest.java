package dev.stowage.app.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stowage.core.config.Settings;
import dev.stowage.core.port.StorageOpener;
import dev.stowage.core.port.StorageProvider;
import dev.stowage.testkit.InMemoryStorage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.ServiceConfigurationError;
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
                .containsExactly(
                        "STORAGE_ADAPTER: 'S3' is not an adapter on the class path; use one of azure, local, s3, twin");
        assertThat(configured).isEmpty();
    }

    @Test
    void select_anAmbiguousName_isRefused() {
        assertThat(select(Map.of(ADAPTER, "twin")).problems())
                .singleElement()
                .asString()
                .startsWith("STORAGE_ADAPTER: 'twin' is the name of several adapters on the class path: "
                        + Named.class.getName());
        assertThat(configured).isEmpty();
    }

    @Test
    void select_withAnAdapterThatFailsToLoad_isReported() {
        Settings settings = new Settings(Map.of());
        StorageAdapters adapters = new StorageAdapters(() -> {
            throw new ServiceConfigurationError("com.example.Store not found");
        });

        assertThat(adapters.select(settings)).isEmpty();
        assertThat(settings.problems())
                .containsExactly(
                        "STORAGE_ADAPTER: an adapter on the class path failed to load: com.example.Store not found");
    }

    private Settings select(Map<String, String> values) {
        Settings settings = new Settings(values);
        List<StorageProvider> providers = List.of(
                new Named("s3", configured),
                new Named("local", configured),
                new Named("azure", configured),
                new Named("twin", configured),
                new Named("twin", configured));
        boolean selected = new StorageAdapters(providers).select(settings).isPresent();
        assertThat(selected).isEqualTo(!configured.isEmpty());
        return settings;
    }

    private record Named(String name, List<String> configured) implements StorageProvider {

        @Override
        public StorageOpener configure(Settings settings) {
            configured.add(name);
            return environment -> new InMemoryStorage();
        }
    }
}
