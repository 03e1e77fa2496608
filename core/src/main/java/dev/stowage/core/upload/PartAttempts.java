package dev.stowage.core.upload;

import dev.stowage.core.error.Conflict;
import dev.stowage.core.error.StorageException;
import dev.stowage.core.error.StorageUnavailable;
import dev.stowage.core.multipart.PartFencingToken;
import dev.stowage.core.multipart.PartNumber;
import dev.stowage.core.multipart.UploadId;
import dev.stowage.core.port.records.UploadSessions;
import dev.stowage.core.port.service.Signals;
import dev.stowage.core.port.service.Signals.Topic;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The running attempts at parts in this process. A newer attempt at a part supersedes the older one, so that a slow one can't overwrite it
 * later. Different parts are independent. Safe for concurrent use.
 *
 * <p>Newer attempts in other processes are announced by signals. Where these don't arrive, an attempt asks the record before its last byte.
 * Either way, a newer attempt may begin, and even end, while the store is taking an older one's last bytes. So nothing depends on it: both
 * are recorded, and a part that the older one may have overwritten is compared with the store before it is used ({@link StoredParts}).
 */
final class PartAttempts {

    /** How long an attempt waits for an older one that can no longer be superseded, as the store has all of its bytes. */
    private static final Duration MAX_WAIT = Duration.ofSeconds(60);

    private final ConcurrentMap<Place, PartAttempt> current = new ConcurrentHashMap<>();
    private final Signals signals;
    private final UploadSessions sessions;

    /** Creates the attempts of a process; all its requests must share them. */
    PartAttempts(Signals signals, UploadSessions sessions) {
        this.signals = signals;
        this.sessions = sessions;
        signals.listen(Topic.PARTS, subject -> {
            if (subject.isEmpty()) {
                supersedeOutdated(List.copyOf(current.values()));
            } else {
                supersedeOlder(token(subject));
            }
        });
    }

    /**
     * Begins an attempt. The caller closes it when its outcome is recorded.
     *
     * @return empty when a newer attempt has begun
     * @throws Conflict when an older attempt does not end in time
     */
    Optional<PartAttempt> begin(PartFencingToken token) {
        Place place = Place.of(token);
        PartAttempt mine = current.compute(place, (where, other) -> latest(token, where, other));
        if (!mine.token().equals(token)) {
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

    /** Supersedes older attempts in all processes. */
    void announce(PartFencingToken newest) {
        signals.send(Topic.PARTS, subject(newest));
    }

    /** Whether no other process has begun a newer attempt, as far as is known. */
    boolean isNewest(PartFencingToken token) {
        if (signals.receivesAll()) {
            // A newer attempt would have superseded this one.
            return true;
        }
        try {
            return sessions.newest(Set.of(token)).contains(token);
        } catch (StorageException decidedWhenItIsRecorded) {
            return true;
        }
    }

    private void supersedeOlder(PartFencingToken newest) {
        PartAttempt running = current.get(Place.of(newest));
        if (running != null && running.token().attempt() < newest.attempt()) {
            boolean unused = running.supersede();
        }
    }

    /** Finds newer attempts whose signals did not arrive. */
    private void supersedeOutdated(Collection<PartAttempt> running) {
        if (running.isEmpty()) {
            return;
        }
        try {
            Set<PartFencingToken> newest =
                    sessions.newest(running.stream().map(PartAttempt::token).collect(Collectors.toSet()));
            running.stream()
                    .filter(attempt -> !newest.contains(attempt.token()))
                    .forEach(PartAttempt::supersede);
        } catch (StorageException later) {
            // Looked for again at the next interval.
            return;
        }
    }

    /** After a superseded attempt, the one that it was waiting for must still be waited for. */
    private PartAttempt latest(PartFencingToken token, Place place, @Nullable PartAttempt other) {
        if (other != null && other.token().attempt() > token.attempt()) {
            return other;
        }
        Optional<PartAttempt> before = Optional.ofNullable(other)
                .flatMap(attempt -> attempt.supersede() ? attempt.before() : Optional.of(attempt));
        return new PartAttempt(token, before, attempt -> current.remove(place, attempt));
    }

    private static String subject(PartFencingToken token) {
        return token.attempt() + "/" + token.number() + "/" + token.upload();
    }

    private static PartFencingToken token(String subject) {
        String[] parts = subject.split("/", 3);
        return new PartFencingToken(
                new UploadId(parts[2]), new PartNumber(Integer.parseInt(parts[1])), Long.parseLong(parts[0]));
    }

    private record Place(UploadId upload, PartNumber number) {

        static Place of(PartFencingToken token) {
            return new Place(token.upload(), token.number());
        }
    }
}
