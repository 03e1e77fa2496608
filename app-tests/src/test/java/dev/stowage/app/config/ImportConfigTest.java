package dev.stowage.app.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stowage.app.adapter.StorageAdapters;
import dev.stowage.core.config.Settings;
import dev.stowage.core.port.StorageProvider;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;

class ImportConfigTest {

    private static final Path DATA = Path.of("data");
    private static final StorageAdapters ADAPTERS = StorageAdapters.of(ServiceLoader.load(StorageProvider.class));

    @Test
    void withoutNames_thereAreNoSources() {
        Settings settings = new Settings(Map.of());

        assertThat(ImportConfig.from(settings, ADAPTERS, DATA).sources()).isEmpty();
        assertThat(settings.problems()).isEmpty();
    }

    @Test
    void eachSource_hasSettingsOfItsOwn() {
        Settings settings = new Settings(Map.of(
                "IMPORT_SOURCES", "old, my-bucket",
                "IMPORT_OLD_DATA_DIR", "/srv/old",
                "IMPORT_OLD_PRINCIPALS", "key:a, key:b",
                "IMPORT_MY_BUCKET_S3_BUCKET_NAME", "photos",
                "S3_BUCKET_NAME", "this-is-not-of-a-source"));

        List<ImportConfig.Source> sources =
                ImportConfig.from(settings, ADAPTERS, DATA).sources();

        assertThat(settings.problems()).isEmpty();
        assertThat(sources).extracting(ImportConfig.Source::name).containsExactly("old", "my-bucket");
        assertThat(sources).extracting(ImportConfig.Source::embedded).containsExactly(true, false);
        assertThat(sources.get(0).folder()).isEqualTo(Path.of("/srv/old"));
        assertThat(sources.get(0).principals()).containsExactlyInAnyOrder("key:a", "key:b");
        assertThat(sources.get(1).principals()).isEmpty();
        assertThat(sources.get(1).folder()).isEqualTo(Path.of("data/imports/my-bucket"));
    }

    @Test
    void mistakes_areToldWithTheNameOfTheSetting() {
        assertThat(problems(Map.of("IMPORT_SOURCES", "old")).get(0)).startsWith("IMPORT_OLD_DATA_DIR: is not set");
        assertThat(problems(Map.of("IMPORT_SOURCES", "old", "IMPORT_OLD_DATA_DIR", "./data/../data")))
                .containsExactly("IMPORT_OLD_DATA_DIR: is the DATA_DIR of this service");
        assertThat(problems(Map.of("IMPORT_SOURCES", "old", "IMPORT_OLD_STORAGE_ADAPTER", "tape"))
                        .get(0))
                .startsWith("IMPORT_OLD_STORAGE_ADAPTER: 'tape' is not an adapter");
        assertThat(problems(Map.of("IMPORT_SOURCES", "old", "IMPORT_OLD_S3_BUCKET_NAME", "x"))
                        .get(0))
                .startsWith("IMPORT_OLD_S3_BUCKET_NAME: 'x' is not a bucket name");
        assertThat(problems(Map.of("IMPORT_SOURCES", "Old")).get(0)).startsWith("IMPORT_SOURCES: 'Old'");
        assertThat(problems(Map.of("IMPORT_SOURCES", "a-b,a-b")).get(0)).contains("names a-b twice");
    }

    private static List<String> problems(Map<String, String> values) {
        Settings settings = new Settings(values);
        assertThat(ImportConfig.from(settings, ADAPTERS, DATA)).isNotNull();
        return settings.problems();
    }
}
