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
 * The attempts at parts that are under way in this process, one for each part: a newer one takes an older one's place, so that a slow
 * one can't overwrite it later. Different parts know nothing of each other. Safe for concurrent use.
 */
final class PartAttempts {

    /** How long an attempt waits for an older one that the store has all bytes of, and so can't be called back. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final ConcurrentMap<Place, PartAttempt> current = new ConcurrentHashMap<>();

    /**
     * Begins an attempt, to be closed when its outcome is on record.
     *
     * @throws Conflict when an older attempt does not end in time
     */
    PartAttempt begin(UploadId upload, PartNumber number) {
        Place place = new Place(upload, number);
        PartAttempt mine = current.compute(place, (where, older) -> following(where, older));
        boolean first = false;
        try {
            first = mine.awaitTurn(PATIENCE);
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

    /** Behind an attempt that was called back, what that one had to wait for is still to be waited for. */
    private PartAttempt following(Place place, @Nullable PartAttempt older) {
        Optional<PartAttempt> before = Optional.ofNullable(older)
                .flatMap(attempt -> attempt.supersede() ? attempt.before() : Optional.of(attempt));
        return new PartAttempt(before, attempt -> current.remove(place, attempt));
    }

    private record Place(UploadId upload, PartNumber number) {}
}
