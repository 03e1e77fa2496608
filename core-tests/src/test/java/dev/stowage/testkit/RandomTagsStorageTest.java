package dev.stowage.testkit;

import dev.stowage.core.port.Storage;
import java.util.Map;

/** The contract on a store whose ETags are not digests, as under SSE-KMS. */
final class RandomTagsStorageTest extends StorageContract {

    @Override
    protected Storage open() {
        return new InMemoryStorage(Tagging.RANDOM);
    }

    @Override
    public Map<Quirk, String> quirks() {
        return Map.of(
                Quirk.TAGS_PARTS_IN_ITS_OWN_WAY, "every write has a tag of its own",
                Quirk.KEEPS_OBJECTS_IN_MEMORY, "this is a store in memory");
    }

    @Override
    public long leftovers() {
        return 0;
    }
}
