package dev.stowage.core.port;

import dev.stowage.core.error.InvalidInput;
import java.util.Optional;

/** The number of entries that a client may ask for in a page. */
public final class PageLimit {

    /** The largest page. */
    public static final int MAX = 1000;

    private PageLimit() {}

    /** Returns {@code limit}. @throws InvalidInput when it is not between 1 and {@link #MAX} */
    public static int check(int limit) {
        if (limit < 1 || limit > MAX) {
            throw InvalidInput.ofField("limit", "limit must be between 1 and " + MAX);
        }
        return limit;
    }

    /** Returns the position in a list whose positions are numbers. @throws InvalidInput when it is no number from 0 */
    public static Optional<Long> position(Optional<String> cursor) {
        try {
            return cursor.map(Long::parseLong).map(position -> {
                if (position < 0) {
                    throw invalidCursor();
                }
                return position;
            });
        } catch (NumberFormatException e) {
            throw invalidCursor();
        }
    }

    /** Returns the error for a cursor that is not from the previous page of the same list. */
    public static InvalidInput invalidCursor() {
        return InvalidInput.ofField("cursor", "The cursor is not valid for this listing; start again without it");
    }
}
