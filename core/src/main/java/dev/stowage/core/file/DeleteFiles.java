package dev.stowage.core.file;

import dev.stowage.core.error.ErrorCode;
import dev.stowage.core.error.InvalidInput;
import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.port.DeleteResult;
import dev.stowage.core.port.ObjectStore;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Deletes files and tells for each whether it was there. */
public final class DeleteFiles {

    /** The most keys of one call. */
    public static final int MAX_KEYS = 1000;

    private final ObjectStore store;

    public DeleteFiles(ObjectStore store) {
        this.store = store;
    }

    /**
     * Deletes files; a key named twice is deleted once, and both its results say the same. What fails for one key leaves the
     * others' deletion as it is. Repeating it is harmless, and finds nothing left.
     *
     * @param keys 1 to 1000
     * @return a result for each key, in the keys' order
     * @throws InvalidInput when there is no key, or there are too many
     */
    public List<DeleteResult> delete(List<ObjectKey> keys) {
        checkSize(keys.size());
        Map<ObjectKey, DeleteResult> results = store
                .delete(keys.stream().distinct().toList())
                .stream()
                .collect(Collectors.toMap(DeleteResult::key, Function.identity()));
        return keys.stream().map(results::get).toList();
    }

    /** @throws InvalidInput when a batch of so many keys is refused */
    public static void checkSize(int keys) {
        if (keys < 1) {
            throw new InvalidInput(
                    ErrorCode.INVALID_REQUEST, "Name at least one file in keys", Map.of("field", "keys"));
        }
        if (keys > MAX_KEYS) {
            throw new InvalidInput(
                    ErrorCode.TOO_MANY_KEYS,
                    "One batch deletes at most " + MAX_KEYS + " keys, not " + keys + "; send several batches",
                    Map.of("max_keys", MAX_KEYS));
        }
    }
}
