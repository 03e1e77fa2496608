package dev.stowage.core.upload;

import dev.stowage.core.error.Conflict;
import dev.stowage.core.error.StorageUnavailable;
import dev.stowage.core.multipart.PartFencingToken;
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
     * @return empty when a newer attempt has begun
     * @throws Conflict when an older attempt does not end in time
     */
    Optional<PartAttempt> begin(PartFencingToken token) {
        Place place = new Place(token.upload(), token.number());
        PartAttempt mine = current.compute(place, (where, other) -> latest(token, where, other));
        if (mine.number() != token.attempt()) {
            return Optional.empty();
        }
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
            throw new Conflict(
                    "Another upload of part " + token.number() + " is being stored; try again when it has finished");
        }
        return Optional.of(mine);
    }

    /** After a superseded attempt, the one that it was waiting for must still be waited for. */
    private PartAttempt latest(PartFencingToken token, Place place, @Nullable PartAttempt other) {
        if (other != null && other.number() > token.attempt()) {
            return other;
        }
        Optional<PartAttempt> before = Optional.ofNullable(other)
                .flatMap(attempt -> attempt.supersede() ? attempt.before() : Optional.of(attempt));
        return new PartAttempt(token.attempt(), before, attempt -> current.remove(place, attempt));
    }

    private record Place(UploadId upload, PartNumber number) {}
}
