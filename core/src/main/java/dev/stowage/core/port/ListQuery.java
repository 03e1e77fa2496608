package dev.stowage.core.port;

import dev.stowage.core.error.InvalidInput;
import dev.stowage.core.key.KeyPrefix;
import java.util.Optional;

/**
 * The query of a listing.
 *
 * @param delimiter groups keys that contain it after the prefix into one common prefix; empty for no grouping
 * @param maxKeys the maximum number of keys and common prefixes in a page, together: 1 to 1000
 * @param token the continuation token of the previous page; empty for the first page
 * @param startAfter keys and common prefixes up to and including this text are not wanted; empty to begin with the first. A store that
 *     can't begin there returns them nonetheless, and {@link dev.stowage.core.file.Files} omits them
 */
public record ListQuery(
        KeyPrefix prefix,
        Optional<String> delimiter,
        int maxKeys,
        Optional<String> token,
        Optional<String> startAfter) {

    /** The maximum number of keys and common prefixes in a page. */
    public static final int MAX_KEYS = 1000;

    /** @throws InvalidInput when {@code maxKeys} is out of bounds or the delimiter is empty */
    public ListQuery {
        if (maxKeys < 1 || maxKeys > MAX_KEYS) {
            throw InvalidInput.ofField("max_keys", "max_keys must be between 1 and " + MAX_KEYS);
        }
        if (delimiter.isPresent() && delimiter.get().isEmpty()) {
            throw InvalidInput.ofField("delimiter", "The delimiter must not be empty; remove the parameter");
        }
    }

    /** Creates a query that begins with the first key. */
    public ListQuery(KeyPrefix prefix, Optional<String> delimiter, int maxKeys, Optional<String> token) {
        this(prefix, delimiter, maxKeys, token, Optional.empty());
    }

    /** Returns the query for the first page of all keys under {@code prefix}, of the maximum size. */
    public static ListQuery of(KeyPrefix prefix) {
        return new ListQuery(prefix, Optional.empty(), MAX_KEYS, Optional.empty());
    }

    /** Returns the query for the page after {@code next}. */
    public ListQuery after(String next) {
        return new ListQuery(prefix, delimiter, maxKeys, Optional.of(next), startAfter);
    }
}
