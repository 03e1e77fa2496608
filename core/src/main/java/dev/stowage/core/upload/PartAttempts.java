package dev.stowage.core.upload;

import dev.stowage.core.error.Conflict;
import dev.stowage.core.error.StorageUnavailable;
import dev.stowage.core.multipart.PartNumber;
import dev.stowage.core.multipart.UploadId;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/**
 * The running attempts at parts in this process. A newer attempt at a part supersedes the older one, so that a slow one can't overwrite it
 * later. Different parts are independent. Safe for concurrent use.
 */
final class PartAttempts {

    /** How long an attempt waits for an older one that can no longer be superseded, as the store has all of its bytes. */
    private static final Duration MAX_WAIT = Duration.ofSeconds(60);

    private final ConcurrentMap<Place, PartAttempt> current = new ConcurrentHashMap<>();

    /**
     * Begins an attempt. The caller closes it when its outcome is recorded.
     *
     * @throws Conflict when an older attempt does not end in time
     */
    PartAttempt begin(UploadId upload, PartNumber number) {
        Place place = new Place(upload, number);
        PartAttempt mine = current.compute(place, (where, older) -> following(where, older));
        boolean first = false;
        try {
            first = mine.awaitTurn(MAX_WAIT);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StorageUnavailable("The operation was interrupted", e);
        } finally {
            if (!first) {
                mine.close();
            }
        }
        if (!first) {
            throw new Conflict("Another upload of part " + number + " is being stored; try again when it has finished");
        }
        return mine;
    }

    /** After a superseded attempt, the one that it was waiting for must still be waited for. */
    private PartAttempt following(Place place, @Nullable PartAttempt older) {
        Optional<PartAttempt> before = Optional.ofNullable(older)
                .flatMap(attempt -> attempt.supersede() ? attempt.before() : Optional.of(attempt));
        return new PartAttempt(before, attempt -> current.remove(place, attempt));
    }

    private record Place(UploadId upload, PartNumber number) {}
}
