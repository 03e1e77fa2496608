package dev.stowage.core.port.records;

import dev.stowage.core.error.ErrorCode;
import dev.stowage.core.error.InvalidInput;
import dev.stowage.core.key.KeyPrefix;
import dev.stowage.core.key.ObjectKey;
import java.util.List;
import java.util.Map;

/**
 * The files of an archive. Whatever is named twice is in it once.
 *
 * @param prefixes the files under these prefixes; none begins with another
 * @param keys further files, not under the prefixes; each once
 * @param strip the prefix that entry names leave out
 */
public record ArchiveSelection(List<KeyPrefix> prefixes, List<ObjectKey> keys, KeyPrefix strip) {

    /** The maximum number of prefixes and keys together. */
    public static final int MAX_NAMED = 1000;

    /** @throws InvalidInput when nothing is named, or too much */
    public ArchiveSelection {
        int named = prefixes.size() + keys.size();
        if (named == 0) {
            throw InvalidInput.ofField("keys", "Name at least one file, or a prefix");
        }
        if (named > MAX_NAMED) {
            throw new InvalidInput(
                    ErrorCode.TOO_MANY_KEYS,
                    "An archive can be requested with at most " + MAX_NAMED + " keys and prefixes, not " + named
                            + "; name a prefix instead, or submit a batch job with the operation archive",
                    Map.of("max_keys", MAX_NAMED));
        }
        List<KeyPrefix> all = prefixes.stream().distinct().toList();
        List<KeyPrefix> outermost = all.stream()
                .filter(prefix -> all.stream()
                        .noneMatch(
                                other -> !other.equals(prefix) && prefix.value().startsWith(other.value())))
                .toList();
        prefixes = outermost;
        keys = keys.stream()
                .distinct()
                .filter(key -> outermost.stream().noneMatch(prefix -> prefix.contains(key)))
                .toList();
    }

    /** Returns the selection of all files under a prefix. */
    public static ArchiveSelection of(KeyPrefix prefix, KeyPrefix strip) {
        return new ArchiveSelection(List.of(prefix), List.of(), strip);
    }
}
