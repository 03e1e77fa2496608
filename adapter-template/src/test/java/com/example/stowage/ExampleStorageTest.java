package com.example.stowage;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.stowage.core.config.Settings;
import dev.stowage.core.port.Storage;
import dev.stowage.testkit.Quirk;
import dev.stowage.testkit.StorageContract;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The contract of every store, on this one. The methods to override are described in the guide. */
final class ExampleStorageTest extends StorageContract {

    @Override
    protected Storage open() {
        ExampleConfig config = ExampleConfig.from(new Settings(Map.of("EXAMPLE_BUCKET", "test")));
        return new ExampleStorage(config, InstantSource.system());
    }

    /** Memory has no temporary files and no blobs. */
    @Override
    public long leftovers() {
        return 0;
    }

    /** Where the store differs from S3, with the reasons. */
    @Override
    public Map<Quirk, String> quirks() {
        return Map.of(
                Quirk.TAGS_PARTS_IN_ITS_OWN_WAY, "every version has a random ETag",
                Quirk.KEEPS_OBJECTS_IN_MEMORY, "it is an example");
    }

    @Test
    void missingSetting_isReported() {
        Settings settings = new Settings(Map.of());

        new ExampleProvider().configure(settings);

        assertEquals(List.of("EXAMPLE_BUCKET: is missing; name the bucket"), settings.problems());
    }
}
