package dev.stowage.core.batch;

import dev.stowage.core.error.ErrorCode;
import dev.stowage.core.error.InvalidInput;
import dev.stowage.core.port.BatchJobs;
import java.util.Map;
import java.util.Optional;

/** Parses cursors and page sizes. */
final class Cursors {

    private Cursors() {}

    static int limit(int limit) {
        if (limit < 1 || limit > BatchJobs.MAX_PAGE) {
            throw new InvalidInput(
                    ErrorCode.INVALID_REQUEST,
                    "limit must be between 1 and " + BatchJobs.MAX_PAGE,
                    Map.of("field", "limit"));
        }
        return limit;
    }

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
            throw invalid();
        }
        throw invalid();
    }

    private static InvalidInput invalid() {
        return new InvalidInput(
                ErrorCode.INVALID_REQUEST,
                "The cursor is not valid for this listing; start again without it",
                Map.of("field", "cursor"));
    }
}
