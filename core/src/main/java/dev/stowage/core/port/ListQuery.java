package dev.stowage.core.port;

import dev.stowage.core.error.ErrorCode;
import dev.stowage.core.error.InvalidInput;
import dev.stowage.core.key.KeyPrefix;
import java.util.Map;
import java.util.Optional;

/**
 * Which keys a listing shows.
 *
 * @param delimiter groups the keys that have it after the prefix into one common prefix; empty for no grouping
 * @param maxKeys the most keys and common prefixes of a page, together: 1 to 1000
 * @param token what the page before gave; empty for the first page
 */
public record ListQuery(KeyPrefix prefix, Optional<String> delimiter, int maxKeys, Optional<String> token) {

    /** The most keys and common prefixes of one page. */
    public static final int MAX_KEYS = 1000;

    /** @throws InvalidInput when {@code maxKeys} is out of bounds or the delimiter is empty */
    public ListQuery {
        if (maxKeys < 1 || maxKeys > MAX_KEYS) {
            throw new InvalidInput(
                    ErrorCode.INVALID_REQUEST,
                    "max_keys must be between 1 and " + MAX_KEYS,
                    Map.of("field", "max_keys"));
        }
        if (delimiter.isPresent() && delimiter.get().isEmpty()) {
            throw new InvalidInput(
                    ErrorCode.INVALID_REQUEST,
                    "The delimiter must not be empty; remove the parameter",
                    Map.of("field", "delimiter"));
        }
    }

    /** The first page of all keys under {@code prefix}, as large as a page may be. */
    public static ListQuery of(KeyPrefix prefix) {
        return new ListQuery(prefix, Optional.empty(), MAX_KEYS, Optional.empty());
    }

    /** The page that {@code next} leads to. */
    public ListQuery after(String next) {
        return new ListQuery(prefix, delimiter, maxKeys, Optional.of(next));
    }
}
