package dev.stowage.core.batch;

import dev.stowage.core.port.PageLimit;
import java.util.Optional;

/** Parses the cursors of lists whose positions are numbers. */
final class Cursors {

    private Cursors() {}

    static Optional<Long> parse(Optional<String> cursor) {
        if (cursor.isEmpty()) {
            return Optional.empty();
        }
        try {
            long position = Long.parseLong(cursor.get());
            if (position >= 0) {
                return Optional.of(position);
            }
        } catch (NumberFormatException e) {
            throw PageLimit.invalidCursor();
        }
        throw PageLimit.invalidCursor();
    }
}
